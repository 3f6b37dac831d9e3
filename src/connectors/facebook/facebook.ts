import type { Readable } from 'node:stream';
import { Decimal } from 'decimal.js';
import { headerKey } from '../../domain/column-mapping/header-key.ts';
import { badInput } from '../../domain/errors.ts';
import { factDecimals } from '../../domain/exact.ts';
import type { RawFields } from '../../domain/ingestion/row-rules.ts';
import { type FoundColumns, fieldsOf } from '../columns.ts';
import type { Connector, RawRow, ReadOptions } from '../connector.ts';
import { readColumns } from '../read-columns.ts';
import { type FacebookField, facebookColumns } from './columns.ts';
import { reconcileTotals } from './reconcile-totals.ts';

/**
 * Facebook's ads, one row for each day and ad: exports of Ads Manager with the breakdown by day, or files made by
 * hand with Date, Campaign Name, Ad Set Name, Ad Name, Impressions, Clicks, Conversions and Revenue.
 *
 * An ad is both placement and creative. What Facebook charged is the media cost: spend comes from the rate card,
 * as for every source. Source: docs/rules.md, Facebook files.
 */
export const facebook: Connector = {
  source: 'FACEBOOK',
  label: 'Facebook',
  origin: 'UPLOAD',
  fields: fieldsOf(facebookColumns),
  dailyAt: '09:00',
  severities: {
    CLICKS_EXCEED_IMPRESSIONS: 'ERROR',
    CONVERSIONS_EXCEED_CLICKS: 'ERROR',
    CTR_DIFFERS: 'WARNING',
  },

  async *read(file: Readable, options: ReadOptions = {}): AsyncGenerator<RawRow[]> {
    const { onRemark } = options;
    let isExport = false;
    let countsResults = false;
    const totals = reconcileTotals();
    const indicators = new Set<string>();
    const onColumns = (found: FoundColumns) => {
      isExport = checkHeader(found, options);
      countsResults = found.used.some(
        ({ field, header }) => field === 'conversions' && headerKey(header) === 'results',
      );
      options.onColumns?.(found);
    };
    for await (const batch of readColumns(file, facebookColumns, { ...options, onColumns })) {
      const rows: RawRow[] = [];
      for (const { line, cells, fields } of batch) {
        const raw = rawFields(fields, isExport);
        if (isTotal(raw)) {
          totals.addTotal(raw);
          continue;
        }
        totals.addRow(raw);
        if (countsResults && fields.resultIndicator && indicators.size < 5) {
          indicators.add(fields.resultIndicator);
        }
        rows.push({ line, cells, fields: raw });
      }
      yield rows;
    }
    for (const remark of totals.remarks()) onRemark?.(remark);
    if (indicators.size > 0) {
      onRemark?.(`Its conversions are its results: ${[...indicators].join(', ')}.`);
    }
  },
};

/**
 * @returns whether it is an export, and not made by hand.
 * @throws {DomainError} BAD_USER_INPUT when it has no days, or amounts of another currency.
 */
function checkHeader({ used, others }: FoundColumns, { currency, onRemark }: ReadOptions): boolean {
  const has = (field: FacebookField) => used.some((column) => column.field === field);
  if (!has('date') && !(has('reportingStarts') && has('reportingEnds'))) {
    throw badInput(`The file lacks: Day. ${byDay}`);
  }
  const currencies = [...used.map(({ header }) => header), ...others].flatMap(
    (header) => /\(([A-Z]{3})\)\s*$/.exec(header)?.[1] ?? [],
  );
  const other = currencies.find((each) => currency && each !== currency);
  if (other) throw badInput(`The file's amounts are in ${other}, the feed's in ${currency}.`);
  if (!has('revenue') && !(has('roas') && has('mediaCost'))) {
    onRemark?.('It has no column of revenue, so that revenue is not known for its days.');
  }
  return !used.some(({ header }) => headerKey(header) === 'date');
}

const byDay =
  'In Ads Manager choose Breakdown > By time > Day, then export the table again: without it a row is a sum of days.';

/** @throws {DomainError} BAD_USER_INPUT for a row of several days. */
function rawFields(fields: Partial<Record<FacebookField, string>>, isExport: boolean): RawFields {
  const { reportingStarts, reportingEnds, roas, resultIndicator: _, ...raw } = fields;
  if (raw.date === undefined) {
    if (reportingStarts?.trim() !== reportingEnds?.trim()) {
      throw badInput(`The file has rows from ${reportingStarts} to ${reportingEnds}. ${byDay}`);
    }
    raw.date = reportingStarts ?? '';
  }
  // Exports leave blank what there is none of.
  if (isExport && raw.clicks?.trim() === '') raw.clicks = '0';
  if (raw.revenue === undefined && roas !== undefined && raw.mediaCost !== undefined) {
    raw.revenue = product(roas.trim(), raw.mediaCost.trim());
  }
  raw.placement ??= raw.creative ?? '';
  return raw;
}

/** Far more digits than any two cells have. */
const Exact = Decimal.clone({ precision: 100 });

/** A return on ad spend times what was spent, exact but for what is beyond the decimals of a fact. */
function product(roas: string, spent: string): string {
  if (!roas || !spent) return '';
  const isNumber = (text: string) => /^-?[0-9]+(\.[0-9]+)?$/.test(text);
  if (!isNumber(roas) || !isNumber(spent)) return `${roas} x ${spent}`;
  return new Exact(roas).times(spent).toDecimalPlaces(factDecimals).toFixed();
}

/** The account's total has no label: it is a row without names. */
function isTotal({ campaign, strategy, creative, impressions }: RawFields): boolean {
  return ![campaign, strategy, creative].some((name) => name?.trim()) && !!impressions?.trim();
}
