import type { Readable } from 'node:stream';
import { badInput } from '../../domain/errors.ts';
import type { RawField, RawFields } from '../../domain/ingestion/row-rules.ts';
import type { Connector, RawRow } from '../connector.ts';
import { readCsv } from '../csv-rows.ts';

interface Column {
  field: RawField;
  /** Accepted headers, compared without case, spaces and underscores. */
  headers: string[];
  isRequired: boolean;
}

const columns: Column[] = [
  { field: 'date', headers: ['date'], isRequired: true },
  { field: 'campaign', headers: ['campaign', 'campaignname'], isRequired: true },
  { field: 'strategy', headers: ['strategy', 'strategyname'], isRequired: true },
  { field: 'placement', headers: ['placement', 'placementname'], isRequired: true },
  { field: 'creative', headers: ['creative', 'creativename'], isRequired: true },
  { field: 'impressions', headers: ['impressions'], isRequired: true },
  { field: 'clicks', headers: ['clicks'], isRequired: true },
  { field: 'conversions', headers: ['conversions'], isRequired: true },
  { field: 'revenue', headers: ['conversionrevenue'], isRequired: true },
  { field: 'ctr', headers: ['ctr'], isRequired: false },
];

/**
 * Surfside's daily media reports: CSV files in a bucket, one day each, no spend column.
 *
 * Both spellings of the headers are read (`Campaign`, `Conversion Revenue`; `campaign_name`,
 * `conversion_revenue`), in any order; unknown columns are passed over. Source: docs/rules.md, Surfside files.
 */
export const surfside: Connector = {
  source: 'SURFSIDE',
  label: 'Surfside',
  dailyAt: '05:00',
  severities: {
    CLICKS_EXCEED_IMPRESSIONS: 'ERROR',
    CONVERSIONS_EXCEED_CLICKS: 'ERROR',
    CTR_DIFFERS: 'WARNING',
  },

  async *read(file: Readable): AsyncGenerator<RawRow[]> {
    let positions: [RawField, number][] | undefined;
    for await (const batch of readCsv(file)) {
      const rows = positions ? batch : batch.slice(1);
      positions ??= findColumns(batch[0]?.cells ?? []);
      yield rows.map(({ line, cells }) => ({ line, cells, fields: pick(cells, positions ?? []) }));
    }
    if (!positions) throw badInput('The file is empty: it has not even a header.');
  },
};

/** @throws {DomainError} BAD_USER_INPUT naming the columns that are missing and those that were found. */
function findColumns(header: string[]): [RawField, number][] {
  const found = header.map((name) => name.toLowerCase().replaceAll(/[\s_]/g, ''));
  const positions = columns.map((column) => ({
    ...column,
    position: found.findIndex((name) => column.headers.includes(name)),
  }));
  const missing = positions.filter(({ isRequired, position }) => isRequired && position < 0);
  if (missing.length > 0) {
    const names = missing.map(({ field }) => (field === 'revenue' ? 'conversion revenue' : field));
    const headers = header.slice(0, 30).map((name) => name.trim().slice(0, 60));
    throw badInput(`The file lacks: ${names.join(', ')}. Its header is: ${headers.join(', ')}.`);
  }
  return positions.flatMap(({ field, position }) => (position < 0 ? [] : [[field, position]]));
}

/** A cell that a short row lacks is blank: what is undefined is not in the file at all. */
function pick(cells: string[], positions: [RawField, number][]): RawFields {
  const fields: RawFields = {};
  for (const [field, position] of positions) fields[field] = cells[position] ?? '';
  return fields;
}
