import { isDeepStrictEqual } from 'node:util';
import type { EntityManager } from '@mikro-orm/postgresql';
import { type Actor, recordChange } from '../audit-log/record-change.ts';
import { Client } from '../client/client.entity.ts';
import { databaseNow } from '../database-clock.ts';
import type { FieldCipher } from '../encryption/field-cipher.ts';
import { DomainError, found } from '../errors.ts';
import { once } from '../idempotency/once.ts';
import { removeSchedule } from '../job/place-schedule.ts';
import {
  checkDefinition,
  type DefinitionSettings,
  refuseTakenName,
  settingsOf,
} from './check-definition.ts';
import { countEmails, replaceEmails } from './recipients.ts';
import { ReportDefinition } from './report-definition.entity.ts';
import { scheduleReport } from './schedule-report.ts';

export interface NewReportDefinition
  extends Omit<DefinitionSettings, 'timing' | 'roles' | 'enabled'> {
  clientId: string;
  roles?: DefinitionSettings['roles'] | null;
  /** Left out, it is issued by hand alone. */
  timing?: DefinitionSettings['timing'];
  /** Who else gets it. */
  emails?: string[] | null;
  idempotencyKey?: string | null;
}

/** What is left out stays, and so does what is null, but for the timing: null has it issued by hand alone. */
export type DefinitionChanges = {
  [Key in keyof DefinitionSettings]?: DefinitionSettings[Key] | null;
} & { emails?: string[] | null };

/** A client has at most so many. */
const mostDefinitions = 100;

/**
 * Define a report of a client.
 *
 * @throws {DomainError} NOT_FOUND (client); BAD_USER_INPUT; CONFLICT (name taken, or one definition too many).
 */
export async function createDefinition(
  em: EntityManager,
  actor: Actor,
  cipher: FieldCipher,
  { idempotencyKey: key, ...input }: NewReportDefinition,
): Promise<ReportDefinition> {
  const call = { operation: 'createReportDefinition', key, input };
  const id = await once(em, actor, call, async () => {
    const { clientId, emails, ...given } = input;
    const client = found(await em.findOne(Client, clientId), 'client');
    const { roles, timing = null } = given;
    const settings = checkDefinition({ ...given, timing, roles: roles ?? [], enabled: true });
    // Definitions of a client take turns.
    await em.execute('select from clients where id = ? for no key update', [clientId]);
    if ((await em.count(ReportDefinition, { clientId, removedAt: null })) >= mostDefinitions) {
      throw new DomainError('CONFLICT', `A client has at most ${mostDefinitions} reports.`);
    }
    const { organizationId } = actor;
    const own = { organizationId, clientId, scheduleId: null };
    const definition = em.create(ReportDefinition, { ...own, ...settings });
    await refuseTakenName(em, definition);
    await scheduleReport(em, definition, client);
    await em.flush();
    if (emails) await replaceEmails(em, cipher, definition, emails);
    await record(em, actor, 'CREATE', definition, null);
    return definition.id;
  });
  return em.findOneOrFail(ReportDefinition, id);
}

/**
 * Change what is issued from now on; what was issued stays. The same again changes nothing.
 *
 * @throws {DomainError} NOT_FOUND; BAD_USER_INPUT; CONFLICT (name taken).
 */
export async function updateDefinition(
  em: EntityManager,
  actor: Actor,
  cipher: FieldCipher,
  { id, emails, ...changes }: DefinitionChanges & { id: string },
): Promise<ReportDefinition> {
  await em.execute('select from report_definitions where id = ? for no key update', [id]);
  const definition = found(await em.findOne(ReportDefinition, { id, removedAt: null }), 'report');
  const before = await describe(em, definition);
  const given = Object.entries(changes).filter(
    ([key, value]) => value != null || (key === 'timing' && value === null),
  );
  Object.assign(
    definition,
    checkDefinition({ ...settingsOf(definition), ...Object.fromEntries(given) }),
  );
  await refuseTakenName(em, definition);
  await scheduleReport(em, definition, await em.findOneOrFail(Client, definition.clientId));
  await em.flush();
  if (emails) await replaceEmails(em, cipher, definition, emails);
  else if (isDeepStrictEqual(before, await describe(em, definition))) return definition;
  await record(em, actor, 'UPDATE', definition, before);
  return definition;
}

/** Take a definition away; what was issued stays. Again changes nothing. @throws {DomainError} NOT_FOUND. */
export async function removeDefinition(
  em: EntityManager,
  actor: Actor,
  id: string,
): Promise<ReportDefinition> {
  const definition = found(await em.findOne(ReportDefinition, id), 'report');
  if (definition.removedAt) return definition;
  const before = await describe(em, definition);
  definition.removedAt = await databaseNow(em);
  await removeSchedule(em, definition);
  const entity = { entityType: 'ReportDefinition', entityId: id };
  recordChange(em, actor, { action: 'REMOVE', ...entity, before, after: null });
  await em.flush();
  return definition;
}

/** What the audit log keeps of a definition: how many emails, and not which. */
async function describe(em: EntityManager, definition: ReportDefinition) {
  const { id, clientId } = definition;
  return { clientId, ...settingsOf(definition), emails: await countEmails(em, id) };
}

async function record(
  em: EntityManager,
  actor: Actor,
  action: 'CREATE' | 'UPDATE',
  definition: ReportDefinition,
  before: object | null,
): Promise<void> {
  const after = await describe(em, definition);
  const entity = { entityType: 'ReportDefinition', entityId: definition.id };
  recordChange(em, actor, { action, ...entity, before, after });
  await em.flush();
}
