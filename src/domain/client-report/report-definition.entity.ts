import { randomUUID } from 'node:crypto';
import { defineEntity, p } from '@mikro-orm/core';
import type { DocumentPart } from '../document/document.ts';
import type { Role } from '../identity/membership.entity.ts';
import type { Recurrence } from '../job/recurrence.ts';
import type { DimensionKey } from '../metric-rows/dimensions.ts';
import type { MetricKey } from '../metrics/registry.ts';
import { exportFormats } from '../metrics-export/metrics-export.entity.ts';
import type { RangePreset } from '../range-preset.ts';

const schema = defineEntity({
  name: 'ReportDefinition',
  tableName: 'report_definitions',
  properties: {
    id: p
      .uuid()
      .primary()
      .onCreate(() => randomUUID()),
    organizationId: p.uuid(),
    clientId: p.uuid(),
    name: p.text(),
    rangePreset: p.text().$type<RangePreset>(),
    /** What a row of its details is for, in order. */
    dimensions: p.json<DimensionKey[]>(),
    metrics: p.json<MetricKey[]>(),
    /** What a PDF has beside its notes. */
    sections: p.json<DocumentPart[]>(),
    format: p.enum(exportFormats),
    /** How a PDF writes numbers and days: a language tag, such as `de-DE`. */
    locale: p.text(),
    /** Whose members get it, of those who see the client. */
    roles: p.array().$type<Role[]>(),
    /** Null where it is issued by hand alone. */
    timing: p.json<Recurrence>().strictNullable(),
    scheduleId: p.uuid().strictNullable(),
    /** Whether its schedule issues it. */
    enabled: p.boolean().default(true),
    removedAt: p.datetime().strictNullable(),
    createdAt: p.datetime().defaultRaw(`date_trunc('milliseconds', now())`),
    updatedAt: p
      .datetime()
      .onCreate(() => new Date())
      .onUpdate(() => new Date()),
  },
});

/** What a report of a client is made of, for whom, and when. */
export class ReportDefinition extends schema.class {}
schema.setClass(ReportDefinition);
