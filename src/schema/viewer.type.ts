import { Field, InputType, ObjectType } from 'type-graphql';
import type { Organization } from '../domain/identity/organization.entity.ts';
import { RoleEnum } from './enums.ts';
import { NodeType } from './node.ts';
import { DateTimeScalar, DecimalScalar } from './scalars.ts';

@ObjectType('Organization', {
  implements: NodeType,
  description: 'The tenant: an agency, or a single advertiser.',
})
export class OrganizationType
  extends NodeType
  implements Pick<Organization, 'name' | 'timeZone' | 'defaultCpm'>
{
  @Field(() => String, { description: 'Its name.' })
  name!: string;

  @Field(() => String, { description: 'IANA time zone.' })
  timeZone!: string;

  @Field(() => DecimalScalar, { description: 'CPM where no rate card is in force.' })
  defaultCpm!: string;
}

@ObjectType('Viewer', { description: 'The person who asks.' })
export class ViewerType {
  @Field(() => String, { description: 'Their email.' })
  email!: string;

  @Field(() => RoleEnum, { description: 'What they may do.' })
  role!: keyof typeof RoleEnum;

  @Field(() => OrganizationType, { description: 'The organization they act in.' })
  organization!: OrganizationType;
}

@InputType()
export class SignInInput {
  @Field(() => String, { description: 'Email, in any case.' })
  email!: string;

  @Field(() => String, { description: 'Password.' })
  password!: string;
}

@ObjectType({ description: 'A way in.' })
export class SignInPayload {
  @Field(() => String, { description: 'Access token: send it as `Authorization: Bearer ...`.' })
  token!: string;

  @Field(() => DateTimeScalar, { description: 'When the token ends.' })
  expiresAt!: Date;
}
