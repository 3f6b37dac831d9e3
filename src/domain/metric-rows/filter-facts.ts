import { arrayLiteral } from '../array-literal.ts';
import { levels } from '../media/levels.ts';
import type { MetricFilters } from './metric-query.ts';

/** Conditions on facts `f`, with their parameters, and how deep in the hierarchy they look. */
export interface FactFilter {
  conditions: string[];
  parameters: string[];
  depth: number;
}

const idFilters = ['campaignIds', 'strategyIds', 'placementIds', 'creativeIds'] as const;

/** What restricts the facts. A node stands for what was merged into it as well. */
export function filterFacts(filters: MetricFilters): FactFilter {
  const found: FactFilter = { conditions: [], parameters: [], depth: 0 };
  const add = (condition: string, depth: number, ...parameters: string[]) => {
    found.conditions.push(condition);
    found.parameters.push(...parameters);
    found.depth = Math.max(found.depth, depth);
  };
  // Always by clients, since that is what the index begins with.
  if (filters.clientIds) {
    add('f.client_id = any (?::uuid[])', 0, arrayLiteral(filters.clientIds));
  } else add('f.client_id in (select id from clients)', 0);
  if (filters.feedIds) {
    add('f.feed_id = any (?::uuid[])', 0, arrayLiteral(filters.feedIds));
  }
  if (filters.sources) {
    const ofSources = `select id from feeds where source in (select upper(value) from jsonb_array_elements_text(?::jsonb))`;
    add(`f.feed_id in (${ofSources})`, 0, JSON.stringify(filters.sources));
  }
  for (const [index, { name, table }] of levels.entries()) {
    const ids = filters[idFilters[index] ?? 'campaignIds'];
    if (!ids) continue;
    const merged = `select id from ${table} where id = any (?::uuid[]) or canonical_id = any (?::uuid[])`;
    add(`f.${name}_id in (${merged})`, index + 1, arrayLiteral(ids), arrayLiteral(ids));
  }
  if (filters.labels) {
    const labelled = `
      select m.id from campaigns m
      join campaign_labels l on l.campaign_id = coalesce(m.canonical_id, m.id)
      where l.key in (select lower(value) from jsonb_array_elements_text(?::jsonb))`;
    add(`f.campaign_id in (${labelled})`, 1, JSON.stringify(filters.labels));
  }
  return found;
}
