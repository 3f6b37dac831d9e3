import type { EntityManager } from '@mikro-orm/postgresql';
import { type Actor, recordChange } from '../audit-log/record-change.ts';
import { checkTimeZone } from '../calendar.ts';
import { badInput, DomainError } from '../errors.ts';
import { once } from '../idempotency/once.ts';
import { lockOrganization } from '../identity/lock-organization.ts';
import type { Organization } from '../identity/organization.entity.ts';
import { scheduleSummaries } from '../summary/schedule-summaries.ts';
import { Client } from './client.entity.ts';

export interface NewClient {
  name: string;
  kind: Client['kind'];
  /** IANA name; the organization's where left out. */
  timeZone?: string | null;
  currency: string;
  idempotencyKey?: string | null;
}

/**
 * Add an advertiser to the organization.
 *
 * @throws {DomainError} BAD_USER_INPUT; CONFLICT when a client has this name already, or the organization is INDIVIDUAL
 *   and has its one.
 */
export async function createClient(
  em: EntityManager,
  actor: Actor,
  { idempotencyKey, ...input }: NewClient,
): Promise<Client> {
  const call = { operation: 'createClient', key: idempotencyKey, input };
  const id = await once(em, actor, call, async () => {
    const organization = await lockOrganization(em, actor.organizationId);
    const isAlone = await refuseSecond(em, organization);
    const client = em.create(Client, {
      organizationId: actor.organizationId,
      name: checkName(input.name),
      kind: isAlone ? 'INDIVIDUAL' : input.kind,
      timeZone: checkTimeZone(input.timeZone ?? organization.timeZone),
      currency: checkCurrency(input.currency),
    });
    await refuseTakenName(em, client);
    const { name, kind, timeZone, currency } = client;
    const after = { name, kind, timeZone, currency };
    recordChange(em, actor, {
      ...{ action: 'CREATE', entityType: 'Client', entityId: client.id },
      ...{ before: null, after },
    });
    await em.flush();
    await scheduleSummaries(em, client, organization);
    await em.flush();
    return client.id;
  });
  return em.findOneOrFail(Client, id);
}

/**
 * Whether the organization is an advertiser of its own.
 *
 * @throws {DomainError} CONFLICT when it is and has its client already.
 */
async function refuseSecond(em: EntityManager, { kind }: Organization): Promise<boolean> {
  if (kind !== 'INDIVIDUAL') return false;
  if ((await em.count(Client)) === 0) return true;
  throw new DomainError('CONFLICT', 'An individual organization reports for one client, itself.');
}

/** @throws {DomainError} CONFLICT when another client of the organization has the name, whatever its case. */
export async function refuseTakenName(em: EntityManager, client: Client): Promise<void> {
  const [taken] = await em.execute(
    'select from clients where organization_id = ? and lower(name) = lower(?) and id <> ?',
    [client.organizationId, client.name, client.id],
  );
  if (taken) {
    throw new DomainError('CONFLICT', `There is a client named "${client.name}" already.`, {
      fields: ['name'],
    });
  }
}

/** @returns the name, trimmed. @throws {DomainError} BAD_USER_INPUT when empty, over 255 characters, or not of one line. */
export function checkName(name: string): string {
  const trimmed = name.normalize('NFC').trim();
  if (trimmed.length === 0 || trimmed.length > 255 || /[\p{Cc}\p{Cs}\u2028\u2029]/u.test(trimmed)) {
    throw badInput('A name has 1 to 255 characters, in one line.', 'name');
  }
  return trimmed;
}

/** @returns the ISO 4217 code in capitals. @throws {DomainError} BAD_USER_INPUT when it is none. */
export function checkCurrency(currency: string): string {
  const code = currency.trim().toUpperCase();
  if (!Intl.supportedValuesOf('currency').includes(code)) {
    throw badInput(`"${currency}" is not a currency; give a code such as USD.`, 'currency');
  }
  return code;
}
