import { Field, ID, InputType, ObjectType } from 'type-graphql';
import type { NewServiceToken } from '../domain/service-token/create-service-token.ts';
import type { ServiceToken } from '../domain/service-token/service-token.entity.ts';
import { connectionOf } from './connection.ts';
import { ServiceTokenScopeEnum } from './identity-enums.ts';
import { NodeType } from './node.ts';
import { DateTimeScalar } from './scalars.ts';

type Fields = Pick<
  ServiceToken,
  | ('name' | 'prefix' | 'scopes' | 'allowsQueryString')
  | ('createdAt' | 'expiresAt' | 'revokedAt' | 'lastUsedAt')
>;

@ObjectType('ServiceToken', {
  implements: NodeType,
  description:
    'What a machine calls the API with: as itself, not as a person. Never the token itself.',
})
export class ServiceTokenType extends NodeType implements Fields {
  @Field(() => String, { description: 'What it is called.' })
  name!: string;

  @Field(() => String, { description: 'Its first characters, to recognize it by.' })
  prefix!: string;

  @Field(() => [ServiceTokenScopeEnum], { description: 'What it may do.' })
  scopes!: Fields['scopes'];

  @Field(() => Boolean, {
    description: "Whether the plain HTTP doors take it from the address' parameter `token`.",
  })
  allowsQueryString!: boolean;

  @Field(() => DateTimeScalar, { description: 'When it was made.' })
  createdAt!: Date;

  @Field(() => DateTimeScalar, { description: 'When it ends by itself.' })
  expiresAt!: Date;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it was ended, if it was.' })
  revokedAt!: Date | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When it was last used, give or take a minute; null where it never was.',
  })
  lastUsedAt!: Date | null;
}

export const ServiceTokenConnection = connectionOf(() => ServiceTokenType, 'ServiceToken');

@InputType()
export class CreateServiceTokenInput implements NewServiceToken {
  @Field(() => String, { description: 'What to call it: the machine and what it does.' })
  name!: string;

  @Field(() => [ServiceTokenScopeEnum], { description: 'What it may do; one at least.' })
  scopes!: Fields['scopes'];

  @Field(() => [ID], {
    nullable: true,
    description:
      'The only clients that it sees, as their users see them; left out, all. Not with INGEST.',
  })
  clientIds?: string[] | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When it ends: within two years; left out, after one.',
  })
  expiresAt?: Date | null;

  @Field(() => Boolean, {
    defaultValue: false,
    description:
      "Whether the plain HTTP doors take it from the address' parameter `token`, which others may log.",
  })
  allowsQueryString!: boolean;

  @Field(() => String, {
    nullable: true,
    description: 'Calls with the same key make one token, which the first alone is shown.',
  })
  idempotencyKey?: string | null;
}

@ObjectType({ description: 'A service token that was made.' })
export class CreateServiceTokenPayload {
  @Field(() => ServiceTokenType, { description: 'What is known of it from now on.' })
  serviceToken!: ServiceToken;

  @Field(() => String, {
    nullable: true,
    description:
      'The token: send it as `Authorization: Bearer ...`. It is shown this once; null where an earlier call with the same key made it.',
  })
  token!: string | null;
}

@ObjectType({ description: 'A service token that was changed.' })
export class ServiceTokenPayload {
  @Field(() => ServiceTokenType, { description: 'The service token as it is now.' })
  serviceToken!: ServiceToken;
}
