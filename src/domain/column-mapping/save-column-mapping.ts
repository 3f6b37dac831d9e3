import type { EntityManager } from '@mikro-orm/postgresql';
import { type Actor, recordChange } from '../audit-log/record-change.ts';
import { Client } from '../client/client.entity.ts';
import { checkName } from '../client/create-client.ts';
import { DomainError, found } from '../errors.ts';
import { findSource } from '../feed/known-sources.ts';
import { once } from '../idempotency/once.ts';
import {
  checkColumns,
  checkHeaders,
  type MappedColumn,
  type SourceFields,
} from './check-columns.ts';
import { ColumnMapping } from './column-mapping.entity.ts';
import { fingerprintOf } from './header-key.ts';

export interface NewColumnMapping {
  clientId: string;
  source: string;
  name: string;
  columns: MappedColumn[];
  /** A whole header: files that have it are read by this mapping without being told. */
  header?: string[] | null;
  idempotencyKey?: string | null;
}

/** What is null or left out stays. */
export type ColumnMappingChanges = Partial<
  Record<'name', string | null> &
    Record<'columns', MappedColumn[] | null> &
    /** An empty header: it is only applied by choice from now on. */
    Record<'header', string[] | null>
>;

/**
 * Save which columns of a client's files of a source stand for what.
 *
 * @throws {DomainError} NOT_FOUND (client); BAD_USER_INPUT (unknown source or fields); CONFLICT (name or header taken).
 */
export async function createColumnMapping(
  em: EntityManager,
  actor: Actor,
  sources: SourceFields,
  { idempotencyKey, ...input }: NewColumnMapping,
): Promise<ColumnMapping> {
  const call = { operation: 'createColumnMapping', key: idempotencyKey, input };
  const id = await once(em, actor, call, async () => {
    const client = found(await em.findOne(Client, input.clientId), 'client');
    const mapping = em.create(ColumnMapping, {
      organizationId: actor.organizationId,
      clientId: client.id,
      source: input.source,
      name: checkName(input.name),
      columns: checkColumns(findSource(sources, input.source), input.columns),
      fingerprint: readHeader(input.header ?? []),
    });
    await refuseTaken(em, mapping);
    record(em, actor, 'CREATE', mapping.id, null, settingsOf(mapping));
    await em.flush();
    return mapping.id;
  });
  return em.findOneOrFail(ColumnMapping, id);
}

/** @throws {DomainError} NOT_FOUND; BAD_USER_INPUT; CONFLICT (name or header taken). */
export async function updateColumnMapping(
  em: EntityManager,
  actor: Actor,
  sources: SourceFields,
  id: string,
  { name, columns, header }: ColumnMappingChanges,
): Promise<ColumnMapping> {
  const mapping = found(await em.findOne(ColumnMapping, id), 'column mapping');
  const before = settingsOf(mapping);
  if (name != null) mapping.name = checkName(name);
  if (columns != null) mapping.columns = checkColumns(findSource(sources, mapping.source), columns);
  if (header != null) mapping.fingerprint = readHeader(header);
  await refuseTaken(em, mapping);
  record(em, actor, 'UPDATE', id, before, settingsOf(mapping));
  await em.flush();
  return mapping;
}

/** Forget a mapping. What was read by it stays as it was read. @throws {DomainError} NOT_FOUND. */
export async function removeColumnMapping(
  em: EntityManager,
  actor: Actor,
  id: string,
): Promise<void> {
  const mapping = found(await em.findOne(ColumnMapping, id), 'column mapping');
  record(em, actor, 'REMOVE', id, settingsOf(mapping), null);
  em.remove(mapping);
  await em.flush();
}

/** A client's mappings, by source and name. */
export function listColumnMappings(em: EntityManager, clientId: string): Promise<ColumnMapping[]> {
  return em.find(ColumnMapping, { clientId }, { orderBy: { source: 'asc', name: 'asc' } });
}

function readHeader(header: string[]): string | null {
  return header.length === 0 ? null : fingerprintOf(checkHeaders(header, 'header'));
}

function settingsOf({ clientId, source, name, columns, fingerprint }: ColumnMapping) {
  return { clientId, source, name, columns, isAutomatic: fingerprint !== null };
}

function record(
  em: EntityManager,
  actor: Actor,
  action: string,
  entityId: string,
  before: object | null,
  after: object | null,
): void {
  recordChange(em, actor, { action, entityType: 'ColumnMapping', entityId, before, after });
}

async function refuseTaken(
  em: EntityManager,
  { id, clientId, source, name, fingerprint }: ColumnMapping,
): Promise<void> {
  const [taken] = await em.execute<{ name: string }[]>(
    `select name from column_mappings
     where client_id = ? and source = ? and id <> ? and (lower(name) = lower(?) or fingerprint = ?)`,
    [clientId, source, id, name, fingerprint],
  );
  if (!taken) return;
  const isName = taken.name.toLowerCase() === name.toLowerCase();
  const message = isName
    ? `The client has a column mapping named "${taken.name}" already.`
    : `Files with this header are read by "${taken.name}" already.`;
  throw new DomainError('CONFLICT', message, { fields: [isName ? 'name' : 'header'] });
}
