import { isLocalDate, type LocalDate } from '../domain/calendar.ts';
import { badInput } from '../domain/errors.ts';
import { fromGlobalId } from '../domain/global-id.ts';
import { type DimensionKey, dimensionKeys } from '../domain/metric-rows/dimensions.ts';
import { checkMetricQuery } from '../domain/metric-rows/metric-query.ts';
import type { RowOrder } from '../domain/metric-rows/order-rows.ts';
import type { RequestedRows } from '../domain/metric-rows/resolve-query.ts';
import { grains } from '../domain/metrics/period-of.ts';
import { metricKeys } from '../domain/metrics/registry.ts';
import { rangePresets } from '../domain/range-preset.ts';
import { resolveRange } from '../domain/requested-range.ts';
import { oneOf, readParameters } from './read-parameters.ts';

/** Metric rows as an address asks for them. */
export interface Question {
  rows: RequestedRows;
  order: RowOrder | null;
  first: number | null;
  after: string | null;
  /** Whether CSV begins with the mark that Excel knows UTF-8 by. */
  withMark: boolean;
}

/** Every parameter, and what it is for. */
export const parameters = {
  dimensions: 'What a row is for, in order. Separated by commas, or repeated.',
  metrics: 'What is shown of each, in order; one at least. Separated by commas, or repeated.',
  from: 'The first day, YYYY-MM-DD.',
  to: 'The last day; it counts.',
  preset:
    "In place of both, days counted from today: in the client's time zone where one client is asked for, else the organization's.",
  grain: 'DAY, WEEK or MONTH: adds the dimension date, week or month in front.',
  clientId: 'Only of these clients. Separated by commas, or repeated, as all ids.',
  feedId: 'Only through these feeds.',
  campaignId: 'Only of these campaigns.',
  strategyId: 'Only of these strategies.',
  placementId: 'Only of these placements.',
  creativeId: 'Only of these creatives.',
  source: 'Only from these sources. Separated by commas, or repeated.',
  label: 'Only of campaigns with these labels. Repeated; commas are part of a label.',
  orderBy:
    'Key of a column; `-` before it for downwards. What is undefined is last. By the columns of the dimensions where left out.',
  first: 'How many rows at most. JSON: 10,000 where left out; CSV and Parquet: all.',
  after: 'Goes on after the page that gave this cursor.',
  bom: '`true` begins CSV with the mark that Excel knows UTF-8 by.',
  token: 'A service token that may come in the address, for tools that send no headers.',
};
const names = Object.keys(parameters) as (keyof typeof parameters)[];

/** Rows that can be asked for at once, where a number is said. */
export const mostRows = 100_000;

/**
 * Read what an address asks for.
 *
 * @param withInternal whether the viewer may see internal metrics.
 * @throws {DomainError} BAD_USER_INPUT with all that can be told without looking anything up; FORBIDDEN.
 */
export function readQuestion(address: URLSearchParams, withInternal: boolean): Question {
  const { one, list, check, finish } = readParameters(address, names);
  // Not given it limits nothing; an empty list would leave nothing.
  const given = (values: string[]) => (values.length > 0 ? values : null);
  const ids = (name: (typeof names)[number], type: string) =>
    given(list(name, (id) => fromGlobalId(type, id), ','));
  const dimensions = list('dimensions', oneOf<DimensionKey>(dimensionKeys, 'dimension'), ',');
  const metrics = list('metrics', oneOf(metricKeys, 'metric'), ',');
  const filters = {
    clientIds: ids('clientId', 'Client'),
    feedIds: ids('feedId', 'Feed'),
    campaignIds: ids('campaignId', 'Campaign'),
    strategyIds: ids('strategyId', 'Strategy'),
    placementIds: ids('placementId', 'Placement'),
    creativeIds: ids('creativeId', 'Creative'),
    sources: given(list('source', (source) => source, ',')),
    labels: given(list('label', (label) => label)),
  };
  const range = {
    from: one('from', readDay),
    to: one('to', readDay),
    preset: one('preset', oneOf(rangePresets, 'preset')),
  };
  const grain = one('grain', oneOf(grains, 'grain'));
  const question = {
    rows: { dimensions, metrics, filters, range, grain },
    order: one('orderBy', readOrder),
    first: one('first', readFirst),
    after: one('after', (cursor) => cursor),
    withMark: one('bom', oneOf(['true', 'false'], 'choice')) === 'true',
  };
  // What day it is matters to presets alone, which are always right.
  const anyDay = { today: '2000-01-01', weekStartsOn: 1 };
  check(['from', 'to', 'preset'], () => resolveRange(range, anyDay));
  const query = { dimensions, metrics, filters, range: { from: '', to: '' }, weekStartsOn: 1 };
  check(['dimensions', 'metrics'], () => checkMetricQuery(query, withInternal));
  finish();
  return question;
}

function readDay(text: string): LocalDate {
  if (!isLocalDate(text)) throw badInput(`"${text.slice(0, 80)}" is no day: write YYYY-MM-DD.`);
  return text;
}

function readOrder(text: string): RowOrder {
  const isDescending = text.startsWith('-');
  return { key: isDescending ? text.slice(1) : text, isDescending };
}

function readFirst(text: string): number {
  const first = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  if (first < 1 || first > mostRows) throw badInput(`first must be 1 to ${mostRows}.`);
  return first;
}
