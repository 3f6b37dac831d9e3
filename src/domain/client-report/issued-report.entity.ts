import { randomUUID } from 'node:crypto';
import { defineEntity, p } from '@mikro-orm/core';
import type { DocumentPart } from '../document/document.ts';
import type { DimensionKey } from '../metric-rows/dimensions.ts';
import type { MetricKey } from '../metrics/registry.ts';
import { exportFormats } from '../metrics-export/metrics-export.entity.ts';
import type { RangePreset } from '../range-preset.ts';
import type { ReportFigures } from './read-figures.ts';

const schema = defineEntity({
  name: 'IssuedReport',
  tableName: 'issued_reports',
  properties: {
    id: p
      .uuid()
      .primary()
      .onCreate(() => randomUUID()),
    organizationId: p.uuid(),
    clientId: p.uuid(),
    definitionId: p.uuid(),
    name: p.text(),
    /** What its days were told by; null where they were chosen. */
    rangePreset: p.text().$type<RangePreset>().strictNullable(),
    fromDate: p.date(),
    toDate: p.date(),
    dimensions: p.json<DimensionKey[]>(),
    metrics: p.json<MetricKey[]>(),
    sections: p.json<DocumentPart[]>(),
    format: p.enum(exportFormats),
    locale: p.text(),
    /** The least role that may see what is in it. */
    forRole: p.enum(['ANALYST', 'CLIENT'] as const),
    /** What it says; null until it is issued, as is all that follows of its file. */
    figures: p.json<ReportFigures>().strictNullable(),
    /** What it was made of: the version, or the state without data, by feed and day; and how many merges. */
    sliceVersions: p.json<Record<string, number | string>>().strictNullable(),
    rowCount: p.bigint('number').strictNullable(),
    fileId: p.uuid().strictNullable(),
    /** Of its file, as hex. */
    sha256: p.text().strictNullable(),
    /** Null where its schedule had it issued. */
    requestedBy: p.uuid().strictNullable(),
    jobRunId: p.uuid().strictNullable(),
    createdAt: p.datetime().defaultRaw(`date_trunc('milliseconds', now())`),
    /** From then on the database refuses any change of it. */
    issuedAt: p.datetime().strictNullable(),
  },
});

/** A report as it was issued, or is about to be. Source: domain rule 19. */
export class IssuedReport extends schema.class {}
schema.setClass(IssuedReport);
