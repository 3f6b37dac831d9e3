import type { EntityManager } from '@mikro-orm/postgresql';
import { moveAudits } from '../aeo-audit/schedule-audit.ts';
import { type Actor, recordChange } from '../audit-log/record-change.ts';
import { checkTimeZone } from '../calendar.ts';
import { moveReports } from '../client-report/schedule-report.ts';
import { DomainError, found } from '../errors.ts';
import { Organization } from '../identity/organization.entity.ts';
import { touchMedia } from '../media/touch-media.ts';
import { endSessionsOfDisabled } from '../session/end-sessions.ts';
import { moveSummaries } from '../summary/schedule-summaries.ts';
import { Client, type ClientStatus } from './client.entity.ts';
import { checkCurrency, checkName, refuseTakenName } from './create-client.ts';

export interface ClientChanges {
  name?: string | null;
  kind?: Client['kind'] | null;
  timeZone?: string | null;
  currency?: string | null;
}

/**
 * Change a client's details; what is null or left out stays.
 *
 * @throws {DomainError} NOT_FOUND, BAD_USER_INPUT, CONFLICT (name taken; currency of a client with feeds).
 */
export async function updateClient(
  em: EntityManager,
  actor: Actor,
  id: string,
  changes: ClientChanges,
): Promise<Client> {
  const client = found(await em.findOne(Client, id), 'client');
  const before = describe(client);
  client.name = checkName(changes.name ?? client.name);
  client.kind = changes.kind ?? client.kind;
  client.timeZone = checkTimeZone(changes.timeZone ?? client.timeZone);
  client.currency = checkCurrency(changes.currency ?? client.currency);
  await refuseTakenName(em, client);
  if (client.currency !== before.currency) await refuseWithFeeds(em, client);
  if (client.timeZone !== before.timeZone) {
    const organization = await em.findOneOrFail(Organization, actor.organizationId);
    await moveSummaries(em, organization, [client]);
    await moveReports(em, client);
    await moveAudits(em, client);
  }
  const entity = { entityType: 'Client', entityId: id };
  recordChange(em, actor, { action: 'UPDATE', ...entity, before, after: describe(client) });
  await em.flush();
  if (client.name !== before.name) await touchMedia(em, [id]);
  return client;
}

/**
 * Archive a client (kept, out of the way), disable it (its users cannot sign in; its data stays), or
 * enable it again. Doing so twice changes nothing.
 *
 * @throws {DomainError} NOT_FOUND; CONFLICT while the client is to be erased.
 */
export async function changeClientStatus(
  em: EntityManager,
  actor: Actor,
  id: string,
  status: ClientStatus,
): Promise<Client> {
  const client = found(await em.findOne(Client, id), 'client');
  if (client.status === status) return client;
  await refuseWhileErasing(em, id);
  const [before, after] = [{ status: client.status }, { status }];
  client.status = status;
  recordChange(em, actor, { action: status, entityType: 'Client', entityId: id, before, after });
  await em.flush();
  if (status === 'DISABLED') await endSessionsOfDisabled(em, actor, id);
  return client;
}

function describe({ name, kind, timeZone, currency }: Client) {
  return { name, kind, timeZone, currency };
}

/** Amounts carry no currency of their own: another one would silently reprice them. */
async function refuseWithFeeds(em: EntityManager, client: Client): Promise<void> {
  const [row] = await em.execute('select from feeds where client_id = ? limit 1', [client.id]);
  if (row) {
    throw new DomainError('CONFLICT', 'The currency of a client with feeds cannot be changed.', {
      fields: ['currency'],
    });
  }
}

async function refuseWhileErasing(em: EntityManager, id: string): Promise<void> {
  const [erasure] = await em.execute(
    'select from erasures where subject_id = ? and cancelled_at is null and completed_at is null',
    [id],
  );
  if (erasure) throw new DomainError('CONFLICT', 'The client is to be erased: cancel that first.');
}
