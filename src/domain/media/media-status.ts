import { type RawQueryFragment, raw } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { arrayLiteral } from '../array-literal.ts';
import { numbered } from '../numbered.ts';
import { readRows } from '../read-rows.ts';
import { ancestorsOf } from './ancestors.ts';
import { levels, type MediaLevel, tableOf } from './levels.ts';
import { hasFacts } from './own-facts.ts';

/** Whether media run: archived by hand, delivered lately, or neither. */
export const mediaStatuses = ['ACTIVE', 'ENDED', 'ARCHIVED'] as const;
export type MediaStatus = (typeof mediaStatuses)[number];

/** Days before today, in the client's time zone, of which a delivery counts as lately. */
const activeDays = 7;

/** The status of each of many nodes of a level, by id, in one statement. */
export async function findStatuses(
  em: EntityManager,
  level: MediaLevel,
  ids: readonly string[],
): Promise<Map<string, MediaStatus>> {
  const sql = `select e.id, ? as status from ${tableOf(level)} e where e.id = any (?::uuid[])`;
  const rows = await readRows<{ id: string; status: MediaStatus }>(
    em,
    ...numbered(raw(sql, [statusOf(level), arrayLiteral(ids)])),
  );
  return new Map(rows.map(({ id, status }) => [id, status]));
}

/**
 * SQL of the status of a node `e`.
 *
 * What belongs to something archived is out of the way with it, and so ARCHIVED too.
 */
export function statusOf(level: MediaLevel): RawQueryFragment {
  const isRecent = raw(
    `f.date >= (now() at time zone c.time_zone)::date - ${activeDays} and f.impressions > 0`,
  );
  return raw(
    `case when ${isArchived(level)} then 'ARCHIVED'
       when exists (select from clients c where c.id = e.client_id and ?) then 'ACTIVE' else 'ENDED' end`,
    [hasFacts(level, isRecent)],
  );
}

function isArchived(level: MediaLevel): string {
  const above = levels.slice(
    0,
    levels.findIndex(({ name }) => name === level),
  );
  if (above.length === 0) return 'e.archived_at is not null';
  const condition = above.map(({ name }) => `${name}.archived_at is not null`).join(' or ');
  // Looked up, node by node, as `hasFacts` does.
  return `coalesce(e.archived_at is not null or (select true ${ancestorsOf(level, condition)} limit 1), false)`;
}
