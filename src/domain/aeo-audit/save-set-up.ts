import type { EntityManager } from '@mikro-orm/postgresql';
import { type Actor, recordChange } from '../audit-log/record-change.ts';
import { Client } from '../client/client.entity.ts';
import { checkName } from '../client/create-client.ts';
import { databaseNow } from '../database-clock.ts';
import { DomainError, found } from '../errors.ts';
import { once } from '../idempotency/once.ts';
import { removeSchedule } from '../job/place-schedule.ts';
import { checkRecurrence, type Recurrence } from '../job/recurrence.ts';
import { AeoSetUp } from './aeo-set-up.entity.ts';
import type { AuditPolicy } from './audit-policy.ts';
import { checkSettings, type WantedSettings } from './check-settings.ts';
import { scheduleAudit } from './schedule-audit.ts';

export interface NewSetUp extends WantedSettings {
  clientId: string;
  name: string;
  /** Left out, audits of it are begun by hand alone. */
  timing?: Recurrence | null;
  idempotencyKey?: string | null;
}

/** What is left out stays, and so does what is null, but for timing and cost cap: null takes them away. */
export type SetUpChanges = Partial<WantedSettings> & {
  id: string;
  name?: string | null;
  timing?: Recurrence | null;
};

/** A client has at most so many. */
const mostSetUps = 100;

/**
 * Say what audits of a client ask.
 *
 * @throws {DomainError} NOT_FOUND (client); BAD_USER_INPUT; CONFLICT (name taken, or one too many).
 */
export async function createSetUp(
  em: EntityManager,
  actor: Actor,
  policy: AuditPolicy,
  { idempotencyKey: key, ...input }: NewSetUp,
): Promise<AeoSetUp> {
  const call = { operation: 'createAeoSetUp', key, input };
  const id = await once(em, actor, call, async () => {
    const { clientId, name, timing = null, ...wanted } = input;
    const client = found(await em.findOne(Client, clientId), 'client');
    const { organizationId } = client;
    // Set-ups of a client take turns.
    await em.execute('select from clients where id = ? for no key update', [clientId]);
    if ((await em.count(AeoSetUp, { clientId, removedAt: null })) >= mostSetUps) {
      throw new DomainError('CONFLICT', `A client has at most ${mostSetUps} set-ups.`);
    }
    const setUp = em.create(AeoSetUp, {
      ...{ organizationId, clientId, name: checkName(name), scheduleId: null, removedAt: null },
      settings: checkSettings(wanted, policy),
      timing: timing && checkRecurrence(timing),
    });
    await refuseTakenName(em, setUp);
    await scheduleAudit(em, setUp, client);
    await em.flush();
    await record(em, actor, 'CREATE', setUp, null);
    return setUp.id;
  });
  return em.findOneOrFail(AeoSetUp, id);
}

/**
 * Change what audits ask from now on; those that have begun ask what they began with.
 *
 * @throws {DomainError} NOT_FOUND; BAD_USER_INPUT; CONFLICT (name taken).
 */
export async function updateSetUp(
  em: EntityManager,
  actor: Actor,
  policy: AuditPolicy,
  { id, name, timing, ...changes }: SetUpChanges,
): Promise<AeoSetUp> {
  await em.execute('select from aeo_set_ups where id = ? for no key update', [id]);
  const setUp = found(await em.findOne(AeoSetUp, { id, removedAt: null }), 'set-up');
  const before = describe(setUp);
  const given = Object.entries(changes).filter(
    ([key, value]) => value != null || (key === 'costCap' && value === null),
  );
  setUp.settings = checkSettings({ ...setUp.settings, ...Object.fromEntries(given) }, policy);
  if (name != null) setUp.name = checkName(name);
  if (timing !== undefined) setUp.timing = timing && checkRecurrence(timing);
  await refuseTakenName(em, setUp);
  await scheduleAudit(em, setUp, await em.findOneOrFail(Client, setUp.clientId));
  await em.flush();
  await record(em, actor, 'UPDATE', setUp, before);
  return setUp;
}

/** Take a set-up away; its audits stay. Again changes nothing. @throws {DomainError} NOT_FOUND. */
export async function removeSetUp(em: EntityManager, actor: Actor, id: string): Promise<AeoSetUp> {
  const setUp = found(await em.findOne(AeoSetUp, id), 'set-up');
  if (setUp.removedAt) return setUp;
  setUp.removedAt = await databaseNow(em);
  await removeSchedule(em, setUp);
  await record(em, actor, 'REMOVE', setUp, describe(setUp));
  return setUp;
}

async function refuseTakenName(em: EntityManager, { id, clientId, name }: AeoSetUp): Promise<void> {
  const [taken] = await em.execute(
    `select from aeo_set_ups
     where client_id = ? and lower(name) = lower(?) and id <> ? and removed_at is null`,
    [clientId, name, id],
  );
  if (!taken) return;
  throw new DomainError('CONFLICT', `The client has a set-up named "${name}" already.`, {
    fields: ['name'],
  });
}

function describe({ clientId, name, settings, timing }: AeoSetUp): object {
  return { clientId, name, settings, timing };
}

async function record(
  em: EntityManager,
  actor: Actor,
  action: 'CREATE' | 'UPDATE' | 'REMOVE',
  setUp: AeoSetUp,
  before: object | null,
): Promise<void> {
  const entity = { entityType: 'AeoSetUp', entityId: setUp.id };
  const after = action === 'REMOVE' ? null : describe(setUp);
  recordChange(em, actor, { action, ...entity, before, after });
  await em.flush();
}
