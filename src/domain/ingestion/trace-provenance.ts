import type { EntityClass } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { checkYear, type LocalDate } from '../calendar.ts';
import { Client } from '../client/client.entity.ts';
import { Feed } from '../feed/feed.entity.ts';
import { Campaign } from '../media/campaign.entity.ts';
import { Creative } from '../media/creative.entity.ts';
import { findSources } from '../media/find-sources.ts';
import type { NodeLevel } from '../media/levels.ts';
import { Placement } from '../media/placement.entity.ts';
import { Strategy } from '../media/strategy.entity.ts';
import { findGaps, gapStatuses } from '../metrics/find-gaps.ts';
import { sumByFeed } from '../metrics/sum-by-feed.ts';
import type { Totals } from '../metrics/totals.ts';
import { type AppliedRate, findAppliedRates } from '../rate-card/find-applied-rates.ts';
import { IngestionRun } from './ingestion-run.entity.ts';
import { RunSlice } from './run-slice.entity.ts';
import { Slice } from './slice.entity.ts';
import { SourceObject } from './source-object.entity.ts';

/** That a day of a feed has data, or why it has none. */
export const dayStatuses = ['APPLIED', ...gapStatuses] as const;

/** A client, or a node of the media hierarchy. */
interface TracedNode {
  id: string;
  /** Of the hierarchy's nodes; a client is its own. */
  clientId?: string;
}

/** Where the figures of a node on a day of one feed come from. */
export interface Provenance {
  group: NodeLevel;
  node: TracedNode;
  feed: Feed;
  date: LocalDate;
  status: (typeof dayStatuses)[number];
  reason: string | null;
  /** How often the day was replaced; 0 where it never had data. */
  version: number;
  /** Null without data. */
  loadedAt: Date | null;
  /** What was done to the day last that counts, and by which run. */
  runSlice: RunSlice | null;
  run: IngestionRun | null;
  /** The files that the day was built from, or that were not applied. */
  objects: SourceObject[];
  rates: AppliedRate[];
  /** What the node has of the day; null where the day has no data. */
  totals: Totals | null;
}

const entities: Record<NodeLevel, EntityClass<TracedNode>> = {
  client: Client,
  campaign: Campaign,
  strategy: Strategy,
  placement: Placement,
  creative: Creative,
};

/**
 * Trace the figures of a node on a day back to runs, files and rates: for each feed that can deliver to it.
 *
 * @returns by the feed's name; null when there is no such node.
 * @throws {DomainError} BAD_USER_INPUT when the day is not of the years 1900 to 2199.
 */
export async function traceProvenance(
  em: EntityManager,
  group: NodeLevel,
  id: string,
  date: LocalDate,
): Promise<Provenance[] | null> {
  checkYear(date, 'date');
  const node = await em.findOne(entities[group], id);
  if (!node) return null;
  const feeds = await findFeeds(em, group, node);
  const feedIds = feeds.map((feed) => feed.id);

  const days = await em.find(Slice, { feedId: { $in: feedIds }, date });
  const gaps = await findGaps(em, feedIds, { from: date, to: date });
  const runSlices = await findAll(
    em,
    RunSlice,
    days.flatMap((day) => day.runSliceId ?? []),
  );
  const runs = await findAll(
    em,
    IngestionRun,
    [...runSlices.values()].map(({ runId }) => runId),
  );
  const objectIds = [...days, ...runSlices.values()].flatMap((each) => each.objectIds);
  const objects = await findAll(em, SourceObject, objectIds);
  const rates = await findAppliedRates(em, group, id, date);
  const totals = await sumByFeed(em, group, id, date);

  return feeds.map((feed) => {
    const day = days.find(({ feedId }) => feedId === feed.id);
    const version = day?.version ?? 0;
    const [gap] = gaps.get(feed.id) ?? [];
    const runSlice = runSlices.get(day?.runSliceId ?? '') ?? null;
    const builtFrom = version > 0 ? day?.objectIds : runSlice?.objectIds;
    return {
      ...{ group, node, feed, date, version, runSlice },
      status: gap?.status ?? 'APPLIED',
      reason: gap?.reason ?? null,
      loadedAt: version > 0 && day ? day.updatedAt : null,
      run: runs.get(runSlice?.runId ?? '') ?? null,
      objects: (builtFrom ?? []).flatMap((objectId) => objects.get(objectId) ?? []),
      rates: rates.get(feed.id) ?? [],
      totals: gap ? null : (totals.get(feed.id) ?? []),
    };
  });
}

/** The feeds that can deliver to a node: those of its client that are of its source. */
async function findFeeds(
  em: EntityManager,
  group: NodeLevel,
  { id, clientId = id }: TracedNode,
): Promise<Feed[]> {
  const source = group === 'client' ? undefined : (await findSources(em, group, [id])).get(id);
  const where = { clientId, ...(source && { source }) };
  return em.find(Feed, where, { orderBy: { name: 'asc', id: 'asc' } });
}

async function findAll<T extends { id: string }>(
  em: EntityManager,
  entity: EntityClass<T>,
  ids: string[],
): Promise<Map<string, T>> {
  const rows = (await em.find(entity, { id: { $in: ids } } as never)) as T[];
  return new Map(rows.map((row) => [row.id, row]));
}
