import { dayStatuses } from '../domain/ingestion/trace-provenance.ts';
import { columnTypes, columnUnits } from '../domain/metric-rows/columns.ts';
import { type DimensionKey, dimensions } from '../domain/metric-rows/dimensions.ts';
import { periodStatuses } from '../domain/metrics/build-series.ts';
import { changeGaps, comparisonPeriods } from '../domain/metrics/compare-metrics.ts';
import { gapStatuses } from '../domain/metrics/find-gaps.ts';
import { grains } from '../domain/metrics/period-of.ts';
import { type MetricKey, metrics } from '../domain/metrics/registry.ts';
import { rangePresets } from '../domain/range-preset.ts';
import { enumOf, namesOf } from './enum-of.ts';

const gapMeanings = {
  ARCHIVED: 'Its facts left for the archive; restoreArchivedMonth puts them back.',
  MISSING: 'There was no file.',
  HELD: 'The file waits for an admin.',
  FAILED: 'The file could not be used.',
  PENDING: 'Not loaded yet.',
  BEFORE_FIRST_DATA: "Before the feed's first day.",
  ENDED: 'After the last day of a feed that is paused.',
};
export const GapStatusEnum = enumOf(
  gapStatuses,
  'GapStatus',
  'Why a day has no data.',
  gapMeanings,
);
export const DayStatusEnum = enumOf(
  dayStatuses,
  'DayStatus',
  'That a day of a feed has data, or why it has none.',
  { APPLIED: 'It has data.', ...gapMeanings },
);
export const PeriodStatusEnum = enumOf(
  periodStatuses,
  'PeriodStatus',
  'How much data there is of some days; where there is none, why.',
  {
    COMPLETE: 'All that is to be expected.',
    PARTIAL: 'Some of it.',
    ...gapMeanings,
  },
);
export const GrainEnum = enumOf(grains, 'Grain', 'How long the periods of a series are.', {
  DAY: 'Days.',
  WEEK: 'Weeks, which start on the day that the organization says.',
  MONTH: 'Calendar months.',
});
export const ComparisonPeriodEnum = enumOf(
  comparisonPeriods,
  'ComparisonPeriod',
  'A range before another one.',
  {
    PREVIOUS_PERIOD:
      'As many days just before it; of a preset such as MONTH_TO_DATE the same days of the month before.',
    PREVIOUS_YEAR: 'The same days of the year before.',
  },
);
export const ChangeGapEnum = enumOf(changeGaps, 'ChangeGap', 'Why a change is not a number.', {
  NO_VALUE: 'There is no value: not reported, or nothing to divide by.',
  NO_BASE: 'There is nothing to compare with: not reported, or nothing to divide by.',
  ZERO_BASE: 'What it is compared with is zero; the absolute change stands.',
  PARTIAL_BASE:
    'More than half of the days that it is compared with have no data; the absolute change stands.',
});
export const RangePresetEnum = enumOf(
  rangePresets,
  'RangePreset',
  "Days counted from today in the client's time zone, where one is asked for, else in the organization's. The last days end yesterday.",
  {
    TODAY: 'Today, which is not over.',
    LAST_WEEK: 'The whole week before this one.',
    LAST_MONTH: 'The whole month before this one.',
    LAST_QUARTER: 'The whole quarter before this one.',
    LAST_YEAR: 'The whole year before this one.',
    WEEK_TO_DATE: 'Since the week began; on its first day, that day.',
    MONTH_TO_DATE: 'Since the month began; on its first day, that day.',
    QUARTER_TO_DATE: 'Since the quarter began; on its first day, that day.',
    YEAR_TO_DATE: 'Since the year began; on its first day, that day.',
  },
);
export const ColumnTypeEnum = enumOf(columnTypes, 'ColumnType', 'What the cells of a column are.', {
  DATE: 'A day, as text: 2026-11-21.',
  TEXT: 'Text.',
  ID: 'An id of the graph.',
  INTEGER: 'A whole number; as text where it passes 2^53.',
  DECIMAL: 'An exact decimal, as text.',
  FLOAT: 'A number.',
});
export const ColumnUnitEnum = enumOf(columnUnits, 'ColumnUnit', 'What a metric is counted in.', {
  COUNT: 'Pieces.',
  CURRENCY: 'Units of the currency.',
  FRACTION: 'A share: 0.02 is 2 %.',
  MULTIPLE: 'How many times: 4.2 is 4.2 x.',
});
/** Metrics by their names; the values are their keys in the registry. */
export const MetricNameEnum = namesOf<MetricKey>(metrics, 'MetricName', 'A metric.');
/** Dimensions by their names; the values are their keys. */
export const DimensionEnum = namesOf<DimensionKey>(
  dimensions,
  'Dimension',
  'What metrics can be broken down by.',
);
