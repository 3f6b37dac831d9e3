import type { EntityManager } from '@mikro-orm/postgresql';
import { arrayLiteral } from '../array-literal.ts';
import { Client } from '../client/client.entity.ts';
import { found } from '../errors.ts';
import { checkSize } from '../paging.ts';
import { Alert, type AlertSeverity, alertSeverities } from './alert.entity.ts';

/** The open alerts at a glance. */
export interface OpenAlerts {
  count: number;
  /** How many there are of each severity, the severest first. */
  bySeverity: { severity: AlertSeverity; count: number }[];
  /** The first of them: the severest, of one severity the latest. */
  alerts: Alert[];
}

const severestFirst = [...alertSeverities].reverse();

/**
 * The open alerts of a client, or of all that are active, in one statement.
 *
 * @throws {DomainError} BAD_USER_INPUT when `first` is not 1 to 1,000.
 */
export async function findOpenAlerts(
  em: EntityManager,
  clientId: string | null,
  first: number,
): Promise<OpenAlerts> {
  const { size } = checkSize({ first });
  const counts = severestFirst.map(
    (each) => `count(*) filter (where a.severity = '${each}') over ()`,
  );
  const rows = await em.execute<{ counts: number[] }[]>(
    `select a.*, array[${counts.join(', ')}]::int[] as counts
     from alerts a join clients c on c.id = a.client_id
     where a.resolved_at is null and case when ?::uuid is null then c.status = 'ACTIVE' else a.client_id = ?::uuid end
     order by array_position(?::text[], a.severity), a.first_seen_at desc, a.id limit ?`,
    [clientId, clientId, arrayLiteral(severestFirst), size],
  );
  const bySeverity = severestFirst.map((severity, place) => ({
    severity,
    count: rows[0]?.counts[place] ?? 0,
  }));
  return {
    count: bySeverity.reduce((sum, { count }) => sum + count, 0),
    bySeverity,
    alerts: rows.map(({ counts: _, ...row }) => em.map(Alert, row as never)),
  };
}

const mostWatched = 1_000;

/**
 * The open alerts of a client, or of all, and those of some ids: for who watches them. The latest first, 1,000 at most.
 *
 * @throws {DomainError} NOT_FOUND (client).
 */
export async function findWatchedAlerts(
  em: EntityManager,
  clientId: string | null,
  ids: string[],
): Promise<Alert[]> {
  if (clientId !== null) found(await em.findOne(Client, clientId), 'client');
  const of = clientId === null ? {} : { clientId };
  const wanted = { ...of, $or: [{ resolvedAt: null }, { id: { $in: ids } }] };
  return em.find(Alert, wanted, {
    orderBy: { firstSeenAt: 'desc', id: 'desc' },
    limit: mostWatched,
  });
}
