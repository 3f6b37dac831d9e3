import { Field, InputType, Int, ObjectType } from 'type-graphql';
import type { Organization } from '../domain/identity/organization.entity.ts';
import type { OrganizationChanges } from '../domain/identity/update-organization.ts';
import type { ActingToken, Viewer } from '../domain/identity/viewer.ts';
import { OrganizationKindEnum, RoleEnum, ServiceTokenScopeEnum } from './identity-enums.ts';
import { NodeType } from './node.ts';
import { DateTimeScalar, DecimalScalar } from './scalars.ts';

@ObjectType('Organization', {
  implements: NodeType,
  description: 'The tenant: an agency, or a single advertiser.',
})
export class OrganizationType
  extends NodeType
  implements
    Pick<
      Organization,
      | ('name' | 'kind' | 'timeZone' | 'weekStartsOn' | 'defaultCpm')
      | ('requiresSecondFactor' | 'erasureWaitDays')
      | ('logoSha256' | 'primaryColor' | 'accentColor')
    >
{
  @Field(() => String, { description: 'Its name.' })
  name!: string;

  @Field(() => OrganizationKindEnum, { description: 'Whom it reports for.' })
  kind!: Organization['kind'];

  @Field(() => String, { description: 'IANA time zone.' })
  timeZone!: string;

  @Field(() => Int, { description: 'On which day its weeks start: 1 is Monday, 0 is Sunday.' })
  weekStartsOn!: number;

  @Field(() => DecimalScalar, { description: 'CPM where no rate card is in force.' })
  defaultCpm!: string;

  @Field(() => Boolean, { description: 'Whether its people need a second factor to do anything.' })
  requiresSecondFactor!: boolean;

  @Field(() => Int, { description: 'For how many days an erasure can be cancelled.' })
  erasureWaitDays!: number;

  @Field(() => String, {
    nullable: true,
    description: 'SHA-256 of the logo that documents begin with, as hex; null without one.',
  })
  logoSha256!: string | null;

  @Field(() => String, { description: 'Colour of headings in documents, as #rrggbb.' })
  primaryColor!: string;

  @Field(() => String, { description: 'Colour of what stands out in documents, as #rrggbb.' })
  accentColor!: string;
}

@ObjectType('ActingToken', { description: 'The service token that asks.' })
class ActingTokenType implements Pick<ActingToken, 'name' | 'scopes' | 'expiresAt'> {
  @Field(() => String, { description: 'What it is called.' })
  name!: string;

  @Field(() => [ServiceTokenScopeEnum], { description: 'What it may do.' })
  scopes!: ActingToken['scopes'];

  @Field(() => DateTimeScalar, { description: 'When it ends.' })
  expiresAt!: Date;
}

@ObjectType('Viewer', { description: 'The person, or the service token, that asks.' })
export class ViewerType implements Pick<Viewer, 'email' | 'role' | 'serviceToken'> {
  @Field(() => String, { nullable: true, description: 'Their email; null for a service token.' })
  email!: string | null;

  @Field(() => RoleEnum, { description: 'What they may do; what a service token reads as.' })
  role!: keyof typeof RoleEnum;

  @Field(() => ActingTokenType, {
    nullable: true,
    description: 'The service token; null where a person asks.',
  })
  serviceToken?: ActingToken;

  @Field(() => OrganizationType, { description: 'The organization they act in.' })
  organization!: OrganizationType;

  @Field(() => [OrganizationType], {
    description:
      'Where they may sign in, the first that they joined first; none for a service token.',
  })
  organizations!: OrganizationType[];

  @Field(() => [String], { description: 'The queries and mutations that they may ask.' })
  operations!: string[];

  @Field(() => Boolean, {
    description: 'Whether they have to enrol a second factor before they may do anything else.',
  })
  mustEnrol!: boolean;
}

@ObjectType({ description: 'An organization that was changed.' })
export class OrganizationPayload {
  @Field(() => OrganizationType, { description: 'The organization as it is now.' })
  organization!: Organization;
}

@InputType()
export class UpdateOrganizationInput implements OrganizationChanges {
  @Field(() => String, { nullable: true, description: 'Its name.' })
  name?: string | null;

  @Field(() => OrganizationKindEnum, {
    nullable: true,
    description: 'Whom it reports for. INDIVIDUAL is for who has one client at most.',
  })
  kind?: Organization['kind'] | null;

  @Field(() => String, { nullable: true, description: 'IANA time zone.' })
  timeZone?: string | null;

  @Field(() => Int, {
    nullable: true,
    description: 'On which day its weeks start: 1 is Monday, 0 is Sunday.',
  })
  weekStartsOn?: number | null;

  @Field(() => DecimalScalar, {
    nullable: true,
    description:
      'CPM where no rate card is in force. Days that are loaded keep their spend until `recomputeSpend`.',
  })
  defaultCpm?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'What documents begin with: a PNG as base64, of at most 256 KB and 2,000 x 2,000 pixels. An empty text takes it away.',
  })
  logo?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Colour of headings in documents, as #rrggbb.',
  })
  primaryColor?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Colour of what stands out in documents, as #rrggbb.',
  })
  accentColor?: string | null;
}
