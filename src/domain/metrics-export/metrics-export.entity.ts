import { randomUUID } from 'node:crypto';
import { defineEntity, p } from '@mikro-orm/core';
import type { MetricQuery } from '../metric-rows/metric-query.ts';
import type { RowOrder } from '../metric-rows/order-rows.ts';
import type { RangePreset } from '../range-preset.ts';

export const exportFormats = ['CSV', 'XLSX', 'PDF'] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** A metric query with everything settled, as its export was asked for. */
export interface ExportedQuery extends MetricQuery {
  /** By the columns of its dimensions, where null. */
  order: RowOrder | null;
  /** What its days were told by: what they are compared with depends on it. */
  preset: RangePreset | null;
}

/** How a file is made. */
export interface ExportOptions {
  /** Whether CSV begins with the mark that Excel knows UTF-8 by. */
  byteOrderMark: boolean;
  /** Whether a workbook has a sheet for each level of the hierarchy down to the deepest that is asked for. */
  sheetPerLevel: boolean;
  /** How a PDF writes numbers and days: a language tag, such as `de-DE`. */
  locale: string;
}

const schema = defineEntity({
  name: 'MetricsExport',
  tableName: 'metrics_exports',
  properties: {
    id: p
      .uuid()
      .primary()
      .onCreate(() => randomUUID()),
    organizationId: p.uuid(),
    /** The client that it is of, where that is one alone. */
    clientId: p.uuid().strictNullable(),
    format: p.enum(exportFormats),
    query: p.json<ExportedQuery>(),
    options: p.json<ExportOptions>(),
    /** Rows that its file has; null until it is whole. */
    rowCount: p.bigint('number').strictNullable(),
    requestedBy: p.uuid(),
    jobRunId: p.uuid().strictNullable(),
    createdAt: p.datetime().defaultRaw(`date_trunc('milliseconds', now())`),
  },
});

/** Metric rows that somebody wants as a file. */
export class MetricsExport extends schema.class {}
schema.setClass(MetricsExport);
