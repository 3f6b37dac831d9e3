import { Field, ID, InputType, ObjectType } from 'type-graphql';
import type { Client } from '../domain/client/client.entity.ts';
import type { NewClient } from '../domain/client/create-client.ts';
import type { ClientChanges } from '../domain/client/update-client.ts';
import { connectionOf } from './connection.ts';
import { ClientKindEnum, ClientStatusEnum } from './media-enums.ts';
import { NodeType } from './node.ts';
import { DateTimeScalar } from './scalars.ts';

type Fields = Pick<Client, 'name' | 'kind' | 'status' | 'timeZone' | 'currency' | 'createdAt'>;

@ObjectType('Client', {
  implements: NodeType,
  description: 'An advertiser that the organization reports for.',
})
export class ClientType extends NodeType implements Fields {
  @Field(() => String, { description: 'Its name, unique in the organization.' })
  name!: string;

  @Field(() => ClientKindEnum, { description: 'How it is served.' })
  kind!: Fields['kind'];

  @Field(() => ClientStatusEnum, { description: 'Its state.' })
  status!: Fields['status'];

  @Field(() => String, { description: 'IANA time zone in which its days are counted.' })
  timeZone!: string;

  @Field(() => String, { description: 'ISO 4217 code of all its amounts.' })
  currency!: string;

  @Field(() => DateTimeScalar, { description: 'When it was added.' })
  createdAt!: Date;
}

export const ClientConnection = connectionOf(() => ClientType, 'Client', { isCounted: true });

@InputType()
export class CreateClientInput implements NewClient {
  @Field(() => String, { description: 'Its name, unique in the organization.' })
  name!: string;

  @Field(() => ClientKindEnum, { defaultValue: 'AGENCY_CLIENT', description: 'How it is served.' })
  kind!: Fields['kind'];

  @Field(() => String, {
    nullable: true,
    description: "IANA time zone, such as America/New_York; the organization's where left out.",
  })
  timeZone?: string | null;

  @Field(() => String, { description: 'ISO 4217 code, such as USD.' })
  currency!: string;

  @Field(() => String, { nullable: true, description: 'Calls with the same key make one client.' })
  idempotencyKey?: string | null;
}

@InputType()
export class UpdateClientInput implements ClientChanges {
  @Field(() => ID, { description: 'The client.' })
  id!: string;

  @Field(() => String, { nullable: true, description: 'A new name.' })
  name?: string | null;

  @Field(() => ClientKindEnum, { nullable: true, description: 'A new kind.' })
  kind?: Fields['kind'] | null;

  @Field(() => String, { nullable: true, description: 'A new time zone.' })
  timeZone?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'A new currency; only while it has no feeds.',
  })
  currency?: string | null;
}

@ObjectType({ description: 'A client that was added or changed.' })
export class ClientPayload {
  @Field(() => ClientType, { description: 'The client as it is now.' })
  client!: Client;
}
