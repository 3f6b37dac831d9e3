import type { EntityManager } from '@mikro-orm/postgresql';
import type { LocalDate } from '../calendar.ts';
import { DomainError } from '../errors.ts';

/**
 * Refuse to change days of a client whose facts have left for the archive. Source: docs/rules.md, retention.
 *
 * @param days without a last one where they go on.
 * @param code what it means for who asks; BAD_USER_INPUT ends a day that is being loaded, and no more.
 * @throws {DomainError} CONFLICT, or that code.
 */
export async function refuseArchived(
  em: EntityManager,
  clientId: string,
  { from, to }: { from: LocalDate; to: LocalDate | null },
  code: 'CONFLICT' | 'BAD_USER_INPUT' = 'CONFLICT',
): Promise<void> {
  const [archived] = await em.execute<{ first: string; last: string }[]>(
    `select to_char(min(month), 'YYYY-MM') as first, to_char(max(month), 'YYYY-MM') as last from metric_archives
     where client_id = ? and removed_at is not null
       and month between date_trunc('month', ?::timestamp) and coalesce(?::date, 'infinity')
     having count(*) > 0`,
    [clientId, from, to],
  );
  if (!archived) return;
  const { first, last } = archived;
  const months = first === last ? `${first} is` : `Months from ${first} to ${last} are`;
  throw new DomainError(code, `${months} archived: restore first (restoreArchivedMonth).`);
}

/** The same for days that need not follow on each other. */
export async function refuseArchivedDays(
  em: EntityManager,
  clientId: string,
  dates: readonly LocalDate[],
): Promise<void> {
  for (const ofMonth of Map.groupBy(dates, (date) => date.slice(0, 7)).values()) {
    const [day] = ofMonth;
    if (day) await refuseArchived(em, clientId, { from: day, to: day });
  }
}
