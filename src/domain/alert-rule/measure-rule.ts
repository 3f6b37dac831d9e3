import { Decimal } from 'decimal.js';
import type { Budget } from '../budget/budget.entity.ts';
import type { DateRange } from '../calendar.ts';
import { lacksMostOf } from '../metrics/build-series.ts';
import { comparedRange, compareMetrics } from '../metrics/compare-metrics.ts';
import { deriveMetric } from '../metrics/derive-metric.ts';
import { type Gap, isAwaited } from '../metrics/find-gaps.ts';
import { oldMonthsOf } from '../metrics/old-months.ts';
import type { MetricKey } from '../metrics/registry.ts';
import { rangeOf } from '../range-preset.ts';
import type { AlertRule } from './alert-rule.entity.ts';
import type { ClientSight } from './client-sight.ts';

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
export async function measureRule(rule: AlertRule, sight: ClientSight): Promise<Measured> {
  const range = rangeOf(rule.rangePreset, sight.calendar);
  const value = await measureSubject(rule, sight, range);
  return { ...range, ...(await nameMeasured(rule, sight, value)) };
}

async function measureSubject(
  rule: AlertRule,
  sight: ClientSight,
  range: DateRange,
): Promise<Value> {
  if (rule.subject === 'PACE') return measurePace(rule, sight);
  if (rule.subject === 'DAYS_BEHIND') return measureLag(sight);
  // What goes to date is that day alone on its first day.
  if (range.to >= sight.calendar.today) return unknown('None of its days is over.');
  if (rule.subject === 'MISSING_DAYS') {
    return known(String(missingDays(await sight.gaps(rule.campaignId, range))));
  }
  return measureMetric(rule, sight, range);
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
  rule: AlertRule,
  sight: ClientSight,
  { ofBudget, ...value }: Value,
): Promise<Omit<Measured, keyof DateRange>> {
  const campaignId = ofBudget ? ofBudget.campaignId : rule.campaignId;
  const campaign = campaignId ? await sight.campaignName(campaignId) : null;
  const budget = ofBudget ? { from: ofBudget.fromDate, to: ofBudget.toDate } : null;
  return { ...value, campaign, budget };
}

async function measureMetric(
  rule: AlertRule,
  sight: ClientSight,
  range: DateRange,
): Promise<Value> {
  const { campaignId } = rule;
  const metric = rule.metric as MetricKey;
  const gaps = await sight.gaps(campaignId, range);
  const open = gaps.flat().find((gap) => gap.date === range.to && isAwaited(gap));
  if (open) return unknown(`${open.feedName} has no data of ${range.to} yet.`);
  if (lacksMostOf(range, gaps)) return unknown('Most of its days have no data.');
  const now = await sight.totals(campaignId, range);
  if (Number(deriveMetric(now, 'impressions')) < rule.minImpressions) {
    return unknown(`It has fewer than ${rule.minImpressions} impressions.`);
  }
  if (rule.subject === 'METRIC') {
    const value = deriveMetric(now, metric);
    return value === null ? unknown('There is nothing to divide by.') : known(value);
  }
  const { comparedWith: period, rangePreset } = rule;
  const earlier = comparedRange({ period }, range, rangePreset, sight.calendar);
  const then = await sight.totals(campaignId, earlier);
  const summed = oldMonthsOf(campaignId ? 'campaign' : 'client', earlier);
  const isBasePartial = lacksMostOf(earlier, await sight.gaps(campaignId, earlier), summed);
  const [change] = compareMetrics(now, then, [metric], isBasePartial);
  if (!change?.relative) return unknown(`There is nothing to compare with (${change?.gap}).`);
  return known(change.relative, { value: change.value ?? '', base: change.base ?? '' });
}

/** Days on which some feed lacks data that were to be expected of it. */
function missingDays(gaps: Gap[][]): number {
  const missing = gaps.flat().filter(isAwaited);
  return new Set(missing.map(({ date }) => date)).size;
}

/** The pace that is furthest on the rule's side. */
async function measurePace(
  { campaignId, comparison }: AlertRule,
  sight: ClientSight,
): Promise<Value> {
  const furthest = (await sight.paces(campaignId)).at(comparison === 'ABOVE' ? -1 : 0);
  if (!furthest) return unknown('No budget runs.');
  return { ...known(furthest.ratio.toFixed()), ofBudget: furthest.budget };
}

async function measureLag(sight: ClientSight): Promise<Value> {
  const days = await sight.daysBehind();
  return days === null ? unknown('No feed has any data.') : known(String(days));
}

/** Whether a value is beyond a rule's threshold. */
export function isBeyond({ comparison, threshold }: AlertRule, value: string): boolean {
  const against = new Decimal(value).cmp(threshold);
  return comparison === 'ABOVE' ? against > 0 : against < 0;
}
