import type { EntityManager } from '@mikro-orm/postgresql';
import type { DateRange, LocalDate } from '../calendar.ts';
import { refuseArchived } from '../retention/refuse-archived.ts';

/** Days, without a last one where they go on. */
export interface Days {
  from: LocalDate;
  to: LocalDate | null;
}

/**
 * The days of a range that a client has facts of, from the first to the last.
 *
 * @returns null where there are none. @throws {DomainError} CONFLICT when some are archived: nothing prices them anew.
 */
export async function loadedDaysOf(
  em: EntityManager,
  clientId: string,
  { from, to }: Days,
): Promise<DateRange | null> {
  await refuseArchived(em, clientId, { from, to });
  const [loaded] = await em.execute<{ from: LocalDate | null; to: LocalDate | null }[]>(
    `select min(date) as "from", max(date) as "to" from slices
     where client_id = ? and version > 0 and date >= ? and date <= coalesce(?::date, 'infinity')`,
    [clientId, from, to],
  );
  return loaded?.from && loaded.to ? { from: loaded.from, to: loaded.to } : null;
}
