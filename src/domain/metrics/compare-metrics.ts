import { Decimal } from 'decimal.js';
import type { DateRange } from '../calendar.ts';
import { badInput } from '../errors.ts';
import { type Calendar, previousPeriod, previousYear, type RangePreset } from '../range-preset.ts';
import { type RequestedRange, resolveRange } from '../requested-range.ts';
import { deriveMetric, ratioDecimals } from './derive-metric.ts';
import type { MetricKey } from './registry.ts';
import type { Totals } from './totals.ts';

/** What a range is compared with, where that follows from the range. */
export const comparisonPeriods = ['PREVIOUS_PERIOD', 'PREVIOUS_YEAR'] as const;

/** What a range is compared with: a period, or days that are named. */
export interface RequestedComparison {
  period?: (typeof comparisonPeriods)[number] | null;
  range?: RequestedRange | null;
}

/** Why a change is not a number. */
export const changeGaps = ['NO_VALUE', 'NO_BASE', 'ZERO_BASE', 'PARTIAL_BASE'] as const;

/** How a metric went from one range to another; amounts as exact decimal text. */
export interface MetricChange {
  metric: MetricKey;
  value: string | null;
  base: string | null;
  /** Value - base. */
  absolute: string | null;
  /** (Value - base) / |base|: 0.1 is 10 % more, of a base below zero too. */
  relative: string | null;
  /** Why the relative change is null. */
  gap: (typeof changeGaps)[number] | null;
}

/** @throws {DomainError} BAD_USER_INPUT when it names neither a period nor days, or both. */
export function comparedRange(
  { period, range }: RequestedComparison,
  compared: DateRange,
  preset: RangePreset | null,
  calendar: Calendar,
): DateRange {
  if (Boolean(period) === Boolean(range)) {
    throw badInput('Compare with a period or with a range: give one of them.', 'compareTo');
  }
  if (range) return resolveRange(range, calendar);
  return period === 'PREVIOUS_YEAR' ? previousYear(compared) : previousPeriod(compared, preset);
}

/**
 * The change of each metric; a base that is null or zero, or that stands for less than half of its days, is said, not
 * divided by.
 */
export function compareMetrics(
  values: Totals | null,
  bases: Totals | null,
  keys: readonly MetricKey[],
  isBasePartial = false,
): MetricChange[] {
  return keys.map((metric) => ({
    metric,
    ...compareValues(deriveMetric(values, metric), deriveMetric(bases, metric), isBasePartial),
  }));
}

/** The change of one metric. @param isBasePartial whether the base stands for less than half of its days. */
export function compareValues(
  value: string | null,
  base: string | null,
  isBasePartial: boolean,
): Omit<MetricChange, 'metric'> {
  if (value === null || base === null) {
    const gap = value === null ? 'NO_VALUE' : 'NO_BASE';
    return { value, base, absolute: null, relative: null, gap };
  }
  const difference = new Exact(value).minus(base);
  const absolute = difference.toFixed();
  if (new Exact(base).isZero()) return { value, base, absolute, relative: null, gap: 'ZERO_BASE' };
  if (isBasePartial) return { value, base, absolute, relative: null, gap: 'PARTIAL_BASE' };
  const relative = difference.div(new Exact(base).abs()).toDecimalPlaces(ratioDecimals);
  return { value, base, absolute, relative: relative.toFixed(), gap: null };
}

const Exact = Decimal.clone({ precision: 60 });
