import type { EntityManager } from '@mikro-orm/postgresql';
import { Decimal } from 'decimal.js';
import { Budget } from '../budget/budget.entity.ts';
import { findPacing } from '../budget/find-pacing.ts';
import { addDays, countDays, type DateRange } from '../calendar.ts';
import type { Client } from '../client/client.entity.ts';
import { calendarOf } from '../identity/calendar-of.ts';
import { Campaign } from '../media/campaign.entity.ts';
import { lacksMostOf } from '../metrics/build-series.ts';
import { comparedRange, compareMetrics } from '../metrics/compare-metrics.ts';
import { deriveMetric } from '../metrics/derive-metric.ts';
import { findDeliveringFeeds } from '../metrics/find-delivering-feeds.ts';
import { findGapsOfClients, type Gap, isAwaited } from '../metrics/find-gaps.ts';
import { oldMonthsOf } from '../metrics/old-months.ts';
import type { MetricKey } from '../metrics/registry.ts';
import { sumMetrics } from '../metrics/sum-metrics.ts';
import type { Totals } from '../metrics/totals.ts';
import { type Calendar, rangeOf } from '../range-preset.ts';
import type { AlertRule } from './alert-rule.entity.ts';

/** What a rule sees of a client at a time. */
export interface Measured extends DateRange {
  /** What is compared with the threshold; null where nothing is known, so that nothing is told. */
  value: string | null;
  /** Why it is null. */
  reason: string | null;
  /** Of a change: the metric then and now. */
  change: { value: string; base: string } | null;
  /** The name of the campaign that it is of; null: the client as a whole. */
  campaign: string | null;
  /** Of a pace: the days of the budget that it is of. */
  budget: DateRange | null;
}

/**
 * Measure what a rule looks at, for a client.
 *
 * Of metrics nothing is known while the last day of the range is still to come from a feed that delivers, or most days
 * are missing: what has not been loaded is no fall.
 */
export async function measureRule(
  em: EntityManager,
  rule: AlertRule,
  client: Client,
): Promise<Measured> {
  const calendar = await calendarOf(em, client);
  const range = rangeOf(rule.rangePreset, calendar);
  const value = await measureSubject(em, rule, client, { range, calendar });
  return { ...range, ...(await nameMeasured(em, rule, value)) };
}

async function measureSubject(
  em: EntityManager,
  rule: AlertRule,
  client: Client,
  { range, calendar }: Omit<Seen, 'gaps'>,
): Promise<Value> {
  if (rule.subject === 'PACE') return measurePace(em, rule, client, calendar);
  if (rule.subject === 'DAYS_BEHIND') return measureLag(em, client, calendar);
  // What goes to date is that day alone on its first day.
  if (range.to >= calendar.today) return unknown('None of its days is over.');
  const gaps = await gapsOf(em, rule, client, range);
  if (rule.subject === 'MISSING_DAYS') return known(String(missingDays(gaps)));
  return measureMetric(em, rule, client, { range, gaps, calendar });
}

type Value = Pick<Measured, 'value' | 'reason' | 'change'> & { ofBudget?: Budget };

function known(value: string, change: Value['change'] = null): Value {
  return { value, reason: null, change };
}

function unknown(reason: string): Value {
  return { value: null, reason, change: null };
}

/** What a value is of, by its name. */
async function nameMeasured(
  em: EntityManager,
  rule: AlertRule,
  { ofBudget, ...value }: Value,
): Promise<Omit<Measured, keyof DateRange>> {
  const campaignId = ofBudget ? ofBudget.campaignId : rule.campaignId;
  const campaign = campaignId && (await em.findOne(Campaign, campaignId));
  const budget = ofBudget ? { from: ofBudget.fromDate, to: ofBudget.toDate } : null;
  return { ...value, campaign: campaign ? campaign.name : null, budget };
}

interface Seen {
  range: DateRange;
  gaps: Gap[][];
  calendar: Calendar;
}

async function measureMetric(
  em: EntityManager,
  rule: AlertRule,
  client: Client,
  { range, gaps, calendar }: Seen,
): Promise<Value> {
  const metric = rule.metric as MetricKey;
  const open = gaps.flat().find((gap) => gap.date === range.to && isAwaited(gap));
  if (open) return unknown(`${open.feedName} has no data of ${range.to} yet.`);
  if (lacksMostOf(range, gaps)) return unknown('Most of its days have no data.');
  const now = await totalsOf(em, rule, client, range);
  if (Number(deriveMetric(now, 'impressions')) < rule.minImpressions) {
    return unknown(`It has fewer than ${rule.minImpressions} impressions.`);
  }
  if (rule.subject === 'METRIC') {
    const value = deriveMetric(now, metric);
    return value === null ? unknown('There is nothing to divide by.') : known(value);
  }
  const earlier = comparedRange({ period: rule.comparedWith }, range, rule.rangePreset, calendar);
  const then = await totalsOf(em, rule, client, earlier);
  const summed = oldMonthsOf(rule.campaignId ? 'campaign' : 'client', earlier);
  const isBasePartial = lacksMostOf(earlier, await gapsOf(em, rule, client, earlier), summed);
  const [change] = compareMetrics(now, then, [metric], isBasePartial);
  if (!change?.relative) return unknown(`There is nothing to compare with (${change?.gap}).`);
  return known(change.relative, { value: change.value ?? '', base: change.base ?? '' });
}

async function totalsOf(
  em: EntityManager,
  { campaignId }: AlertRule,
  client: Client,
  range: DateRange,
): Promise<Totals> {
  const level = campaignId ? 'campaign' : 'client';
  const id = campaignId ?? client.id;
  return (await sumMetrics(em, level, [id], range)).get(id) ?? [];
}

/** Of the feeds that deliver to the campaign, or to the client. */
async function gapsOf(
  em: EntityManager,
  { campaignId }: AlertRule,
  client: Client,
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

/** Days on which some feed lacks data that were to be expected of it. */
function missingDays(gaps: Gap[][]): number {
  const missing = gaps.flat().filter(isAwaited);
  return new Set(missing.map(({ date }) => date)).size;
}

/** Of the budgets that run, be they the client's or its campaigns', the pace that is furthest on the rule's side. */
async function measurePace(
  em: EntityManager,
  { campaignId, comparison }: AlertRule,
  { id: clientId }: Client,
  { today }: Calendar,
): Promise<Value> {
  const of = campaignId === null ? { clientId } : { clientId, campaignId };
  const runs = { removedAt: null, fromDate: { $lt: today }, toDate: { $gte: today } };
  const budgets = await em.find(Budget, { ...of, ...runs });
  const pacing = await findPacing(
    em,
    budgets.map(({ id }) => id),
  );
  const paces = budgets
    .flatMap((budget) => {
      const ratio = pacing.get(budget.id)?.paceRatio ?? null;
      return ratio === null ? [] : { budget, ratio: new Decimal(ratio) };
    })
    .sort((one, other) => one.ratio.cmp(other.ratio));
  const furthest = paces.at(comparison === 'ABOVE' ? -1 : 0);
  if (!furthest) return unknown('No budget runs.');
  return { ...known(furthest.ratio.toFixed()), ofBudget: furthest.budget };
}

/** How many days the feed that is furthest behind lacks up to yesterday. Uploads come when they come, those of a paused feed not any more. */
async function measureLag(em: EntityManager, { id }: Client, { today }: Calendar): Promise<Value> {
  const rows = await em.execute<{ latest: string | null }[]>(
    `select (select max(date) from slices s where s.feed_id = f.id and s.version > 0)::text as latest
     from feeds f where f.client_id = ? and f.origin <> 'UPLOAD'
       and not exists (select from schedules p where p.feed_id = f.id and not p.enabled)`,
    [id],
  );
  const latest = rows.flatMap((row) => row.latest ?? []).sort()[0];
  if (latest === undefined) return unknown('No feed has any data.');
  const yesterday = addDays(today, -1);
  const days = latest < yesterday ? countDays({ from: latest, to: yesterday }) - 1 : 0;
  return known(String(days));
}

/** Whether a value is beyond a rule's threshold. */
export function isBeyond({ comparison, threshold }: AlertRule, value: string): boolean {
  const against = new Decimal(value).cmp(threshold);
  return comparison === 'ABOVE' ? against > 0 : against < 0;
}
