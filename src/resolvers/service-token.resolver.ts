import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Client } from '../domain/client/client.entity.ts';
import { fromGlobalId } from '../domain/global-id.ts';
import type { Page } from '../domain/paging.ts';
import { createServiceToken } from '../domain/service-token/create-service-token.ts';
import { listServiceTokens } from '../domain/service-token/list-service-tokens.ts';
import { revokeServiceToken } from '../domain/service-token/revoke-service-token.ts';
import type { ServiceToken } from '../domain/service-token/service-token.entity.ts';
import { ClientType } from '../schema/client.type.ts';
import { PageArgs } from '../schema/connection.ts';
import {
  CreateServiceTokenInput,
  CreateServiceTokenPayload,
  ServiceTokenConnection,
  ServiceTokenPayload,
  ServiceTokenType,
} from '../schema/service-token.type.ts';
import { Requires } from './authorize.ts';
import type { GraphContext } from './context.ts';

@Resolver(() => ServiceTokenType)
export class ServiceTokenResolver {
  @Query(() => ServiceTokenConnection, {
    description: "The organization's service tokens, also those that ended, the newest first.",
  })
  @Requires('ADMIN')
  async serviceTokens(
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() context: GraphContext,
  ): Promise<Page<ServiceToken>> {
    return listServiceTokens(await context.em(), page);
  }

  @FieldResolver(() => [ClientType], {
    nullable: true,
    description: 'The clients that it is limited to; null where it sees all.',
  })
  clients(
    @Root() { clientIds }: ServiceToken,
    @Ctx() { loaders }: GraphContext,
  ): Promise<Client[] | null> {
    return loaders.clientsOf(clientIds);
  }

  @Mutation(() => CreateServiceTokenPayload, {
    description:
      'Make a token for a machine. It is shown this once: what is stored does not tell it.',
  })
  @Requires('ADMIN')
  createServiceToken(
    @Arg('input', () => CreateServiceTokenInput, { description: 'The service token.' })
    input: CreateServiceTokenInput,
    @Ctx() context: GraphContext,
  ): Promise<CreateServiceTokenPayload> {
    const clientIds = input.clientIds?.map((id) => fromGlobalId('Client', id)) ?? null;
    return context.mutate((em, actor) => createServiceToken(em, actor, { ...input, clientIds }));
  }

  @Mutation(() => ServiceTokenPayload, {
    description: 'End a service token, at once. A second time changes nothing.',
  })
  @Requires('ADMIN')
  revokeServiceToken(
    @Arg('id', () => ID, { description: 'The service token.' }) id: string,
    @Ctx() context: GraphContext,
  ): Promise<ServiceTokenPayload> {
    return context.mutate(async (em, actor) => ({
      serviceToken: await revokeServiceToken(em, actor, fromGlobalId('ServiceToken', id)),
    }));
  }
}
