import { Field, InputType, ObjectType } from 'type-graphql';
import type { ConsentChange, ConsentState } from '../domain/consent/set-consent.ts';
import { ConsentPurposeEnum } from './data-protection-enums.ts';
import { DateTimeScalar } from './scalars.ts';

@ObjectType('Consent', { description: 'Whether a person agreed to something they are asked.' })
export class ConsentType implements ConsentState {
  @Field(() => ConsentPurposeEnum, { description: 'What for.' })
  purpose!: ConsentState['purpose'];

  @Field(() => Boolean, { description: 'Whether they agree by now; not, where they never said.' })
  isGiven!: boolean;

  @Field(() => String, {
    nullable: true,
    description: 'The version of the privacy notice that they last agreed by.',
  })
  noticeVersion!: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When they last agreed.' })
  givenAt!: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When they withdrew that, if so.' })
  withdrawnAt!: Date | null;
}

@InputType()
export class SetConsentInput implements ConsentChange {
  @Field(() => ConsentPurposeEnum, { description: 'What for.' })
  purpose!: ConsentChange['purpose'];

  @Field(() => Boolean, { description: 'True gives it, false withdraws it.' })
  isGiven!: boolean;

  @Field(() => String, {
    nullable: true,
    description:
      'The version of the privacy notice that was shown: the one in force. Needed to give it.',
  })
  noticeVersion?: string | null;
}

@ObjectType({ description: "One's consents after a change." })
export class SetConsentPayload {
  @Field(() => [ConsentType], { description: 'All of them.' })
  consents!: ConsentState[];
}
