import { Decimal } from 'decimal.js';
import { type MetricKey, metrics } from '../metrics/registry.ts';
import type { AlertRule } from './alert-rule.entity.ts';
import type { Measured } from './measure-rule.ts';

const against = { PREVIOUS_PERIOD: 'the period before', PREVIOUS_YEAR: 'the year before' };

/** What a rule saw beyond its threshold, in a sentence with its figures. */
export function sayMeasured(
  rule: AlertRule,
  { from, to, value, change, campaign, budget }: Measured,
  currency: string,
): string {
  const of = campaign === null ? '' : ` of "${campaign}"`;
  const days = from === to ? `on ${from}` : `from ${from} to ${to}`;
  const limit = rule.comparison === 'ABOVE' ? 'more than' : 'less than';
  const { subject, threshold } = rule;
  if (subject === 'MISSING_DAYS') {
    return `Days without data of some feed${of}: ${value} ${days}, ${limit} ${plain(threshold)}.`;
  }
  if (subject === 'PACE') {
    const planned = budget ? `, ${budget.from} to ${budget.to}` : '';
    return `Pace of the budget${of}${planned}: ${pace(value ?? '')} of what was to be spent, ${limit} ${pace(threshold)}.`;
  }
  if (subject === 'DAYS_BEHIND') {
    return `Days that a feed is behind: ${value}, ${limit} ${plain(threshold)}.`;
  }
  const metric = rule.metric as MetricKey;
  const { label } = metrics[metric];
  const show = (amount: string) => showMetric(metric, amount, currency);
  if (subject === 'METRIC') {
    return `${label}${of}: ${show(value ?? '')} ${days}, ${limit} ${show(threshold)}.`;
  }
  const went = `went from ${show(change?.base ?? '')} to ${show(change?.value ?? '')}`;
  const earlier = against[rule.comparedWith ?? 'PREVIOUS_PERIOD'];
  return `${label}${of} ${went} ${days}, against ${earlier}: ${percent(value ?? '')}, ${limit} ${percent(threshold)}.`;
}

/** As people read it: 2 decimals for amounts, 3 for rates. */
function showMetric(metric: MetricKey, amount: string, currency: string): string {
  const value = new Decimal(amount);
  switch (metrics[metric].unit) {
    case 'FRACTION':
      return `${value.mul(100).toDecimalPlaces(3).toFixed()} %`;
    case 'MULTIPLE':
      return `${value.toDecimalPlaces(2).toFixed()}x`;
    case 'CURRENCY':
      return `${value.toFixed(2)} ${currency}`;
    default:
      return plain(amount);
  }
}

function percent(fraction: string): string {
  const value = new Decimal(fraction).mul(100).toDecimalPlaces(1);
  return `${value.isNegative() ? '' : '+'}${value.toFixed()} %`;
}

function pace(ratio: string): string {
  return `${new Decimal(ratio).mul(100).toDecimalPlaces(1).toFixed()} %`;
}

function plain(amount: string): string {
  return new Decimal(amount).toFixed();
}
