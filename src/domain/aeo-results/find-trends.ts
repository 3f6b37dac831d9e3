import type { EntityManager } from '@mikro-orm/postgresql';
import { AeoAudit } from '../aeo-audit/aeo-audit.entity.ts';
import { arrayLiteral } from '../array-literal.ts';
import { checkSize } from '../paging.ts';
import { findDifferences } from './find-differences.ts';

/** An audit in the course of its set-up. */
export interface TrendPoint {
  audit: AeoAudit;
  /** What is otherwise than in the audit before, or missing, in sentences. */
  notices: string[];
}

interface Row {
  set_up_id: string;
}

/**
 * The latest audits of set-ups that have ended with answers, from the oldest to the newest, by the ids of set-ups.
 *
 * @throws {DomainError} BAD_USER_INPUT for a number other than 1 to 100.
 */
export async function findTrends(
  em: EntityManager,
  setUpIds: readonly string[],
  { first }: { first: number },
): Promise<Map<string, TrendPoint[]>> {
  checkSize({ first }, 100);
  const rows = await em.execute<Row[]>(
    `select x.* from unnest(?::uuid[]) s (id) cross join lateral (
       select * from aeo_audits
       where set_up_id = s.id and status in ('COMPLETED', 'COMPLETED_WITH_ERRORS')
       order by created_at desc, id desc limit ?
     ) x order by x.created_at, x.id`,
    [arrayLiteral(setUpIds), first],
  );
  const bySetUp = Map.groupBy(rows, (row) => row.set_up_id);
  return new Map(setUpIds.map((id) => [id, toTrend(em, bySetUp.get(id) ?? [])]));
}

function toTrend(em: EntityManager, rows: readonly Row[]): TrendPoint[] {
  const audits = rows.map((row) => em.map(AeoAudit, row as never));
  return audits.map((audit, index) => {
    const before = audits[index - 1];
    const notices = before ? findDifferences(before, audit) : [];
    if (audit.status === 'COMPLETED_WITH_ERRORS') notices.push('Some of its answers are missing.');
    return { audit, notices };
  });
}
