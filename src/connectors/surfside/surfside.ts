import type { Readable } from 'node:stream';
import { type Column, fieldsOf } from '../columns.ts';
import type { Connector, RawRow, ReadOptions } from '../connector.ts';
import { readColumns } from '../read-columns.ts';

const columns: Column[] = [
  { field: 'date', headers: ['date'], isRequired: true },
  { field: 'campaign', headers: ['campaign', 'campaign name'], isRequired: true },
  { field: 'strategy', headers: ['strategy', 'strategy name'], isRequired: true },
  { field: 'placement', headers: ['placement', 'placement name'], isRequired: true },
  { field: 'creative', headers: ['creative', 'creative name'], isRequired: true },
  { field: 'impressions', headers: ['impressions'], isRequired: true },
  { field: 'clicks', headers: ['clicks'], isRequired: true },
  { field: 'conversions', headers: ['conversions'], isRequired: true },
  { field: 'revenue', headers: ['conversion revenue'], isRequired: true },
  { field: 'ctr', headers: ['ctr'], isRequired: false },
];

/**
 * Surfside's daily media reports: CSV or XLSX files in a bucket, one day each, no spend column.
 *
 * Both spellings of the headers are read (`Campaign`, `Conversion Revenue`; `campaign_name`,
 * `conversion_revenue`), in any order; unknown columns are passed over. Source: docs/rules.md, Surfside files.
 */
export const surfside: Connector = {
  source: 'SURFSIDE',
  label: 'Surfside',
  origin: 'BUCKET',
  fields: fieldsOf(columns),
  dailyAt: '05:00',
  severities: {
    CLICKS_EXCEED_IMPRESSIONS: 'ERROR',
    CONVERSIONS_EXCEED_CLICKS: 'ERROR',
    CTR_DIFFERS: 'WARNING',
  },
  read: (file: Readable, options?: ReadOptions): AsyncIterable<RawRow[]> =>
    readColumns(file, columns, options),
};
