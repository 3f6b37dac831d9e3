import type { EntityManager } from '@mikro-orm/postgresql';
import { checkName } from '../client/create-client.ts';
import { checkLocale } from '../document/check-locale.ts';
import { documentParts } from '../document/document.ts';
import { badInput, DomainError } from '../errors.ts';
import { roles as allRoles } from '../identity/membership.entity.ts';
import { checkRecurrence } from '../job/recurrence.ts';
import { checkMetricQuery } from '../metric-rows/metric-query.ts';
import { metrics } from '../metrics/registry.ts';
import { rangePresets } from '../range-preset.ts';
import type { ReportDefinition } from './report-definition.entity.ts';

/** What a definition says, but for whom it names by email. */
export type DefinitionSettings = Pick<
  ReportDefinition,
  | ('name' | 'rangePreset' | 'dimensions' | 'metrics' | 'sections' | 'format')
  | ('locale' | 'roles' | 'timing' | 'enabled')
>;

export function settingsOf(definition: DefinitionSettings): DefinitionSettings {
  const { name, rangePreset, dimensions, metrics, sections, format } = definition;
  const { locale, roles, timing, enabled } = definition;
  return {
    ...{ name, rangePreset, dimensions, metrics, sections, format },
    ...{ locale, roles, timing, enabled },
  };
}

/** Whether clients' own people may see what a report tells. */
export function roleFor(settings: Pick<DefinitionSettings, 'metrics'>): 'ANALYST' | 'CLIENT' {
  return settings.metrics.some((key) => metrics[key].isInternal) ? 'ANALYST' : 'CLIENT';
}

/** @throws {DomainError} BAD_USER_INPUT for what cannot be a report. */
export function checkDefinition(settings: DefinitionSettings): DefinitionSettings {
  const { dimensions, metrics, sections, roles, rangePreset, timing } = settings;
  const range = { from: '2000-01-01', to: '2000-01-01' };
  checkMetricQuery({ dimensions, metrics, filters: {}, range, weekStartsOn: 1 }, true);
  if (sections.length === 0) throw badInput('A report has at least one section.', 'sections');
  if (!rangePresets.includes(rangePreset)) throw badInput('There is no such range.', 'rangePreset');
  if (roles.includes('CLIENT') && roleFor(settings) !== 'CLIENT') {
    const message =
      'The role CLIENT may not see some of these metrics: leave out the one or the other.';
    throw badInput(message, 'roles', 'metrics');
  }
  return {
    ...settings,
    name: checkName(settings.name),
    locale: checkLocale(settings.locale),
    // In the order of documents, whatever order they were asked for in.
    sections: documentParts.filter((part) => sections.includes(part)),
    roles: allRoles.filter((role) => roles.includes(role)),
    timing: timing && checkRecurrence(timing),
  };
}

/** @throws {DomainError} CONFLICT: another definition of the client has the name. */
export async function refuseTakenName(
  em: EntityManager,
  { id, clientId, name }: Pick<ReportDefinition, 'id' | 'clientId' | 'name'>,
): Promise<void> {
  const [taken] = await em.execute(
    `select from report_definitions
     where client_id = ? and lower(name) = lower(?) and id <> ? and removed_at is null`,
    [clientId, name, id],
  );
  if (!taken) return;
  throw new DomainError('CONFLICT', `The client has a report named "${name}" already.`, {
    fields: ['name'],
  });
}
