import { Arg, Ctx, FieldResolver, ID, Mutation, Resolver, Root } from 'type-graphql';
import type { Client, ClientStatus } from '../domain/client/client.entity.ts';
import { createClient } from '../domain/client/create-client.ts';
import { changeClientStatus, updateClient } from '../domain/client/update-client.ts';
import type { Feed } from '../domain/feed/feed.entity.ts';
import { fromGlobalId } from '../domain/global-id.ts';
import type { RateCard } from '../domain/rate-card/rate-card.entity.ts';
import {
  ClientPayload,
  ClientType,
  CreateClientInput,
  UpdateClientInput,
} from '../schema/client.type.ts';
import { FeedType } from '../schema/feed.type.ts';
import { RateCardType } from '../schema/rate-card.type.ts';
import { Requires } from './authorize.ts';
import type { GraphContext } from './context.ts';

const clientId = { description: 'The client.' };

@Resolver(() => ClientType)
export class ClientResolver {
  @FieldResolver(() => [FeedType], { description: 'Its feeds, by name.' })
  @Requires('ANALYST')
  feeds(@Root() client: Client, @Ctx() { loaders }: GraphContext): Promise<Feed[]> {
    return loaders.feedsOfClient.load(client.id);
  }

  @FieldResolver(() => [RateCardType], { description: 'Its rate cards, the latest first.' })
  rateCards(@Root() client: Client, @Ctx() { loaders }: GraphContext): Promise<RateCard[]> {
    return loaders.rateCardsOfClient.load(client.id);
  }

  @Mutation(() => ClientPayload, { description: 'Add a client to the organization.' })
  @Requires('ADMIN')
  createClient(
    @Arg('input', () => CreateClientInput, { description: 'The client.' }) input: CreateClientInput,
    @Ctx() context: GraphContext,
  ): Promise<ClientPayload> {
    return context.mutate(async (em, actor) => ({ client: await createClient(em, actor, input) }));
  }

  @Mutation(() => ClientPayload, { description: "Change a client's details." })
  @Requires('ADMIN')
  updateClient(
    @Arg('input', () => UpdateClientInput, { description: 'What is left out stays as it is.' })
    { id, ...changes }: UpdateClientInput,
    @Ctx() context: GraphContext,
  ): Promise<ClientPayload> {
    return context.mutate(async (em, actor) => ({
      client: await updateClient(em, actor, fromGlobalId('Client', id), changes),
    }));
  }

  @Mutation(() => ClientPayload, {
    description: 'Put a client out of the way. Its data stays; nothing new is loaded.',
  })
  @Requires('ADMIN')
  archiveClient(
    @Arg('id', () => ID, clientId) id: string,
    @Ctx() context: GraphContext,
  ): Promise<ClientPayload> {
    return changeStatus(context, id, 'ARCHIVED');
  }

  @Mutation(() => ClientPayload, {
    description: 'Keep the users of a client out. Its data stays; nothing new is loaded.',
  })
  @Requires('ADMIN')
  disableClient(
    @Arg('id', () => ID, clientId) id: string,
    @Ctx() context: GraphContext,
  ): Promise<ClientPayload> {
    return changeStatus(context, id, 'DISABLED');
  }

  @Mutation(() => ClientPayload, { description: 'Take an archived or disabled client up again.' })
  @Requires('ADMIN')
  enableClient(
    @Arg('id', () => ID, clientId) id: string,
    @Ctx() context: GraphContext,
  ): Promise<ClientPayload> {
    return changeStatus(context, id, 'ACTIVE');
  }
}

function changeStatus(
  context: GraphContext,
  id: string,
  status: ClientStatus,
): Promise<ClientPayload> {
  return context.mutate(async (em, actor) => ({
    client: await changeClientStatus(em, actor, fromGlobalId('Client', id), status),
  }));
}
