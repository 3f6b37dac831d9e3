import type { EntityManager } from '@mikro-orm/postgresql';
import { Decimal } from 'decimal.js';
import { Budget } from '../budget/budget.entity.ts';
import { findPacing } from '../budget/find-pacing.ts';
import { addDays, countDays, type DateRange } from '../calendar.ts';
import type { Client } from '../client/client.entity.ts';
import { calendarOf } from '../identity/calendar-of.ts';
import { Campaign } from '../media/campaign.entity.ts';
import { findDeliveringFeeds } from '../metrics/find-delivering-feeds.ts';
import { findGapsOfClients, type Gap } from '../metrics/find-gaps.ts';
import { sumMetrics } from '../metrics/sum-metrics.ts';
import type { Totals } from '../metrics/totals.ts';
import type { Calendar } from '../range-preset.ts';

/** A client as its rules see it at one time; of a campaign of it where one is named. What several rules look at is read once. */
export interface ClientSight {
  calendar: Calendar;
  totals(campaignId: string | null, range: DateRange): Promise<Totals>;
  /** Of the feeds that deliver to the campaign, or to the client. */
  gaps(campaignId: string | null, range: DateRange): Promise<Gap[][]>;
  /** The budgets that run, be they the client's or its campaigns': the slowest first. */
  paces(campaignId: string | null): Promise<{ budget: Budget; ratio: Decimal }[]>;
  /** How many days the feed that is furthest behind lacks up to yesterday; null where none has any data. */
  daysBehind(): Promise<number | null>;
  campaignName(campaignId: string): Promise<string | null>;
}

/** Look at a client. @param em within a transaction that lasts for as long as rules are measured. */
export async function openSight(em: EntityManager, client: Client): Promise<ClientSight> {
  const calendar = await calendarOf(em, client);
  return {
    calendar,
    totals: readOnce((campaignId, range) => totalsOf(em, client, campaignId, range)),
    gaps: readOnce((campaignId, range) => gapsOf(em, client, campaignId, range)),
    paces: readOnce((campaignId) => pacesOf(em, client, campaignId, calendar)),
    daysBehind: readOnce(() => lagOf(em, client, calendar)),
    campaignName: readOnce(async (id) => (await em.findOne(Campaign, id))?.name ?? null),
  };
}

function readOnce<Asked extends readonly unknown[], Read>(
  read: (...asked: Asked) => Promise<Read>,
): (...asked: Asked) => Promise<Read> {
  const known = new Map<string, Promise<Read>>();
  return (...asked) => {
    const key = JSON.stringify(asked);
    const reading = known.get(key) ?? read(...asked);
    known.set(key, reading);
    return reading;
  };
}

async function totalsOf(
  em: EntityManager,
  client: Client,
  campaignId: string | null,
  range: DateRange,
): Promise<Totals> {
  const level = campaignId ? 'campaign' : 'client';
  const id = campaignId ?? client.id;
  return (await sumMetrics(em, level, [id], range)).get(id) ?? [];
}

async function gapsOf(
  em: EntityManager,
  client: Client,
  campaignId: string | null,
  range: DateRange,
): Promise<Gap[][]> {
  const feeds = (await findGapsOfClients(em, [client.id], range)).get(client.id) ?? [];
  const delivering = campaignId
    ? (await findDeliveringFeeds(em, 'campaign', [campaignId], range)).get(campaignId)
    : undefined;
  return feeds
    .filter(({ feedId }) => !delivering?.length || delivering.includes(feedId))
    .map(({ gaps }) => gaps);
}

async function pacesOf(
  em: EntityManager,
  { id: clientId }: Client,
  campaignId: string | null,
  { today }: Calendar,
): ReturnType<ClientSight['paces']> {
  const of = campaignId === null ? { clientId } : { clientId, campaignId };
  const runs = { removedAt: null, fromDate: { $lt: today }, toDate: { $gte: today } };
  const budgets = await em.find(Budget, { ...of, ...runs });
  const pacing = await findPacing(
    em,
    budgets.map(({ id }) => id),
  );
  return budgets
    .flatMap((budget) => {
      const ratio = pacing.get(budget.id)?.paceRatio ?? null;
      return ratio === null ? [] : { budget, ratio: new Decimal(ratio) };
    })
    .sort((one, other) => one.ratio.cmp(other.ratio));
}

/** Uploads come when they come, those of a paused feed not any more. */
async function lagOf(
  em: EntityManager,
  { id }: Client,
  { today }: Calendar,
): Promise<number | null> {
  const rows = await em.execute<{ latest: string | null }[]>(
    `select (select max(date) from slices s where s.feed_id = f.id and s.version > 0)::text as latest
     from feeds f where f.client_id = ? and f.origin <> 'UPLOAD'
       and not exists (select from schedules p where p.feed_id = f.id and not p.enabled)`,
    [id],
  );
  const latest = rows.flatMap((row) => row.latest ?? []).sort()[0];
  if (latest === undefined) return null;
  const yesterday = addDays(today, -1);
  return latest < yesterday ? countDays({ from: latest, to: yesterday }) - 1 : 0;
}
