import type { EntityManager } from '@mikro-orm/postgresql';
import { today } from '../calendar.ts';
import type { Calendar } from '../range-preset.ts';
import { Organization } from './organization.entity.ts';

/** When it is in a time zone, for an organization's people. */
export async function calendarOf(
  em: EntityManager,
  { organizationId, timeZone }: { organizationId: string; timeZone: string },
): Promise<Calendar> {
  const { weekStartsOn } = await em.findOneOrFail(Organization, organizationId);
  return { today: today(timeZone), weekStartsOn };
}
