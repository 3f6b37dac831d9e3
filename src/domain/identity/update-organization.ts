import { isDeepStrictEqual } from 'node:util';
import type { EntityManager } from '@mikro-orm/postgresql';
import { Decimal } from 'decimal.js';
import { type Actor, recordChange } from '../audit-log/record-change.ts';
import { checkTimeZone } from '../calendar.ts';
import { Client } from '../client/client.entity.ts';
import { checkName } from '../client/create-client.ts';
import { badInput, DomainError } from '../errors.ts';
import { moveSchedules } from '../job/move-schedules.ts';
import { checkCpm } from '../rate-card/check-cpm.ts';
import { moveAllSummaries } from '../summary/schedule-summaries.ts';
import { checkLogo } from './check-logo.ts';
import { lockOrganization } from './lock-organization.ts';
import type { Organization } from './organization.entity.ts';

export interface OrganizationChanges {
  name?: string | null;
  kind?: Organization['kind'] | null;
  timeZone?: string | null;
  /** 1 for Monday, 0 for Sunday. */
  weekStartsOn?: number | null;
  /** CPM of days without a rate card that are priced from now on. */
  defaultCpm?: string | null;
  /** A PNG as base64; an empty text takes the logo away. */
  logo?: string | null;
  /** `#rrggbb` */
  primaryColor?: string | null;
  accentColor?: string | null;
}

/**
 * Change the organization's own settings; what is null or left out stays. The same again changes nothing.
 *
 * @throws {DomainError} BAD_USER_INPUT; CONFLICT for INDIVIDUAL where there are several clients.
 */
export async function updateOrganization(
  em: EntityManager,
  actor: Actor,
  { name, kind, timeZone, weekStartsOn, defaultCpm, ...look }: OrganizationChanges,
): Promise<Organization> {
  const organization = await lockOrganization(em, actor.organizationId);
  const before = describe(organization);
  organization.name = checkName(name ?? organization.name);
  organization.kind = kind ?? organization.kind;
  organization.timeZone = checkTimeZone(timeZone ?? organization.timeZone);
  if (organization.timeZone !== before.timeZone) await moveSchedules(em, organization);
  organization.weekStartsOn = checkDay(weekStartsOn ?? organization.weekStartsOn);
  if (organization.weekStartsOn !== before.weekStartsOn) await moveAllSummaries(em, organization);
  const cpm = defaultCpm == null ? undefined : checkCpm(defaultCpm, 'defaultCpm');
  if (cpm && !new Decimal(cpm).eq(organization.defaultCpm)) organization.defaultCpm = cpm;
  changeLook(organization, look);
  if (organization.kind === 'INDIVIDUAL' && (await em.count(Client)) > 1) {
    const message = 'An organization that reports for several clients is an agency.';
    throw new DomainError('CONFLICT', message, { fields: ['kind'] });
  }
  if (isDeepStrictEqual(before, describe(organization))) return organization;
  const entity = { entityType: 'Organization', entityId: organization.id };
  recordChange(em, actor, { action: 'UPDATE', ...entity, before, after: describe(organization) });
  await em.flush();
  return organization;
}

type Look = Pick<OrganizationChanges, 'logo' | 'primaryColor' | 'accentColor'>;

function changeLook(organization: Organization, { logo, primaryColor, accentColor }: Look): void {
  organization.primaryColor = checkColor(primaryColor ?? organization.primaryColor, 'primaryColor');
  organization.accentColor = checkColor(accentColor ?? organization.accentColor, 'accentColor');
  if (logo === '') Object.assign(organization, { logo: null, logoSha256: null });
  else if (logo != null) Object.assign(organization, checkLogo(logo));
}

function checkColor(color: string, field: string): string {
  if (/^#[0-9a-f]{6}$/i.test(color)) return color.toLowerCase();
  throw badInput(`"${color.slice(0, 80)}" is no colour: write it as #1f3a5f.`, field);
}

function checkDay(weekStartsOn: number): number {
  if (weekStartsOn === 0 || weekStartsOn === 1) return weekStartsOn;
  throw badInput('Weeks start on Monday (1) or Sunday (0).', 'weekStartsOn');
}

function describe(organization: Organization) {
  const { name, kind, timeZone, weekStartsOn, defaultCpm } = organization;
  const { logoSha256, primaryColor, accentColor } = organization;
  return { name, kind, timeZone, weekStartsOn, defaultCpm, logoSha256, primaryColor, accentColor };
}
