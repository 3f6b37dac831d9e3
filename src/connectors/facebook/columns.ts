import type { RawField } from '../../domain/ingestion/row-rules.ts';
import type { Column } from '../columns.ts';

/** A row's fields, with those that others are told from. */
export type FacebookField =
  | RawField
  | 'reportingStarts'
  | 'reportingEnds'
  | 'roas'
  | 'resultIndicator';

const column = (field: FacebookField, isRequired: boolean, ...headers: string[]) => ({
  field,
  headers,
  isRequired,
});

/** The headers of Ads Manager, old and new, and those of files made by hand. Source: docs/rules.md, Facebook files. */
export const facebookColumns: readonly Column<FacebookField>[] = [
  column('date', false, 'Day', 'Date'),
  column('reportingStarts', false, 'Reporting starts'),
  column('reportingEnds', false, 'Reporting ends'),
  column('campaign', true, 'Campaign name', 'Campaign'),
  column('strategy', true, 'Ad set name', 'Ad set'),
  column('placement', false),
  column('creative', true, 'Ad name', 'Ad'),
  column('impressions', true, 'Impressions'),
  column('clicks', true, 'Link clicks', 'Clicks (all)', 'Clicks'),
  column('conversions', true, 'Conversions', 'Purchases', 'Website purchases', 'Results'),
  column(
    ...(['revenue', false, 'Revenue'] as const),
    ...['Purchases conversion value', 'Website purchases conversion value', 'Results value'],
  ),
  column(
    ...(['roas', false, 'Purchase ROAS (return on ad spend)'] as const),
    ...['Website purchase ROAS (return on advertising spend)', 'Results ROAS'],
  ),
  column('mediaCost', false, 'Amount spent'),
  column('reach', false, 'Reach'),
  column('completedViews', false, 'Video plays at 100%', 'Video watches at 100%'),
  column('resultIndicator', false, 'Result indicator', 'Result type'),
];
