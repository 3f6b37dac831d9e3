import { randomUUID } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { scheduleEvaluation } from '../alert-rule/schedule-evaluation.ts';
import { checkTimeZone } from '../calendar.ts';
import { scheduleDigest } from '../digest/schedule-digest.ts';
import type { FieldCipher } from '../encryption/field-cipher.ts';
import { scheduleUpkeep } from '../job/schedule-upkeep.ts';
import { createUser } from './create-user.ts';
import { Organization } from './organization.entity.ts';
import type { Tenant } from './viewer.ts';

export interface NewOrganization {
  name: string;
  kind?: Organization['kind'];
  timeZone: string;
  ownerEmail: string;
  ownerPassword: string;
}

type Transact = <T>(tenant: Tenant, fn: (em: EntityManager) => Promise<T>) => Promise<T>;

/**
 * Add an organization with its owner.
 *
 * @returns the organization's id. @throws {DomainError} BAD_USER_INPUT; CONFLICT when the email is taken.
 */
export async function createOrganization(
  withTenant: Transact,
  cipher: FieldCipher,
  { name, kind = 'AGENCY', timeZone, ownerEmail, ownerPassword }: NewOrganization,
): Promise<string> {
  const organizationId = randomUUID();
  await withTenant({ organizationId, clientIds: null }, async (em) => {
    em.create(Organization, { id: organizationId, name, kind, timeZone: checkTimeZone(timeZone) });
    await em.flush();
    const owner = { email: ownerEmail, password: ownerPassword, role: 'OWNER' as const };
    await createUser(em, cipher, { organizationId, ...owner, clientIds: [] });
    await scheduleUpkeep(em, { organizationId, timeZone });
    await scheduleEvaluation(em, { organizationId, timeZone });
    await scheduleDigest(em, { organizationId, timeZone });
    await em.flush();
  });
  return organizationId;
}
