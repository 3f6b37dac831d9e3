import { Field, InputType, ObjectType } from 'type-graphql';
import type { Enrolment } from '../domain/second-factor/enrol-second-factor.ts';

@InputType()
export class EnrolSecondFactorInput {
  @Field(() => String, { description: 'The password that they sign in with.' })
  password!: string;
}

@ObjectType({ description: 'What an authenticator app is set up with. It is shown this once.' })
export class EnrolSecondFactorPayload implements Enrolment {
  @Field(() => String, { description: 'The secret in base32, for typing it into the app.' })
  secret!: string;

  @Field(() => String, { description: 'The same as an `otpauth:` address, for a QR code.' })
  address!: string;
}

@InputType()
export class SecondFactorCodeInput {
  @Field(() => String, { description: 'The code that the app shows now.' })
  code!: string;
}

@ObjectType({ description: 'A second factor that is in force.' })
export class ConfirmSecondFactorPayload {
  @Field(() => [String], {
    description: 'Codes for when the app is lost, each for one use. They are shown this once.',
  })
  recoveryCodes!: string[];
}

@ObjectType({ description: 'A second factor that was disabled.' })
export class DisableSecondFactorPayload {
  @Field(() => Boolean, { description: 'Whether there was one.' })
  wasEnabled!: boolean;
}
