import { Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import type { AuditLogEntry } from '../domain/audit-log/audit-log-entry.entity.ts';
import type { EntryFilter } from '../domain/audit-log/entry-filter.ts';
import { listEntries } from '../domain/audit-log/list-entries.ts';
import { badInput, found } from '../domain/errors.ts';
import { parseGlobalId, toGlobalId } from '../domain/global-id.ts';
import { Membership } from '../domain/identity/membership.entity.ts';
import type { Page } from '../domain/paging.ts';
import { ServiceToken } from '../domain/service-token/service-token.entity.ts';
import {
  AuditLogArgs,
  AuditLogEntryConnection,
  AuditLogEntryType,
  type AuditLogFilterInput,
  EntityHistoryArgs,
} from '../schema/audit-log.type.ts';
import { Requires } from './authorize.ts';
import type { GraphContext } from './context.ts';
import { findNode } from './node.resolver.ts';

@Resolver(() => AuditLogEntryType)
export class AuditLogResolver {
  @Query(() => AuditLogEntryConnection, {
    description: 'Who did what in the organization, the newest first.',
  })
  @Requires('ADMIN')
  async auditLog(
    @Args(() => AuditLogArgs) { filter, ...page }: AuditLogArgs,
    @Ctx() context: GraphContext,
  ): Promise<Page<AuditLogEntry>> {
    return listEntries(await context.em(), await readFilter(filter ?? {}, context), page);
  }

  @Query(() => AuditLogEntryConnection, {
    nullable: true,
    description:
      'What was done to something, the newest first; null when it is not there, or not for the viewer.',
  })
  @Requires('ADMIN')
  async entityHistory(
    @Args(() => EntityHistoryArgs) { id, ...page }: EntityHistoryArgs,
    @Ctx() context: GraphContext,
  ): Promise<Page<AuditLogEntry> | null> {
    if (!(await findNode(id, 'id', context))) return null;
    return listEntries(await context.em(), readEntity(id), page);
  }

  @FieldResolver()
  id(@Root() { id }: AuditLogEntry): string {
    return toGlobalId('AuditLogEntry', id);
  }

  @FieldResolver()
  entityId(@Root() { entityType, entityId }: AuditLogEntry): string | null {
    return entityId && toGlobalId(entityType, entityId);
  }

  @FieldResolver()
  userId(@Root() { userId }: AuditLogEntry): string | null {
    return userId && toGlobalId('User', userId);
  }

  @FieldResolver()
  async membership(
    @Root() { userId }: AuditLogEntry,
    @Ctx() { loaders }: GraphContext,
  ): Promise<Membership | null> {
    const [membership] = userId ? await loaders.membershipsOfUser.load(userId) : [];
    return membership ?? null;
  }

  @FieldResolver()
  async serviceToken(
    @Root() { serviceTokenId }: AuditLogEntry,
    @Ctx() { loaders }: GraphContext,
  ): Promise<ServiceToken | null> {
    return serviceTokenId ? loaders.byId(ServiceToken).load(serviceTokenId) : null;
  }
}

async function readFilter(
  { by, entityId, ...filter }: AuditLogFilterInput,
  context: GraphContext,
): Promise<EntryFilter> {
  return {
    ...filter,
    ...(entityId && readEntity(entityId)),
    ...(by && (await readActor(by, context))),
  };
}

function readEntity(globalId: string): { entityType: string; entityId: string } {
  const { type: entityType, id: entityId } = readId(globalId, 'entityId');
  return { entityType, entityId };
}

/** @throws {DomainError} BAD_USER_INPUT for what does nothing; NOT_FOUND for no member. */
async function readActor(by: string, context: GraphContext): Promise<EntryFilter> {
  const { type, id } = readId(by, 'by');
  if (type === 'User') return { userId: id };
  if (type === 'ServiceToken') return { serviceTokenId: id };
  if (type !== 'Membership')
    throw badInput('Give the id of a membership, a user or a service token.', 'by');
  const membership = await context.loaders.byId(Membership).load(id);
  return { userId: found(membership, 'member').userId };
}

function readId(globalId: string, field: string): { type: string; id: string } {
  const parsed = parseGlobalId(globalId);
  if (!parsed) throw badInput(`"${globalId.slice(0, 80)}" is not an id.`, field);
  return parsed;
}
