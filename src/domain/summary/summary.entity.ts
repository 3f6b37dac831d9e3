import { randomUUID } from 'node:crypto';
import { defineEntity, p } from '@mikro-orm/core';
import type { FeedGaps } from '../metrics/find-gaps.ts';
import type { Totals } from '../metrics/totals.ts';
import type { Rankings } from './rank-media.ts';
import { type SummaryThresholds, summaryKinds } from './summary-settings.ts';

const schema = defineEntity({
  name: 'Summary',
  tableName: 'summaries',
  properties: {
    id: p
      .uuid()
      .primary()
      .onCreate(() => randomUUID()),
    organizationId: p.uuid(),
    clientId: p.uuid(),
    kind: p.enum(summaryKinds),
    fromDate: p.date(),
    toDate: p.date(),
    totals: p.json<Totals>(),
    gaps: p.json<FeedGaps[]>(),
    rankings: p.json<Rankings>(),
    thresholds: p.json<SummaryThresholds>(),
    /** What it was made of: the version, or the state without data, by feed and day; and how many merges. */
    sliceVersions: p.json<Record<string, number | string>>(),
    /** Raised when what it says changes. */
    version: p.integer().default(1),
    createdAt: p.datetime().defaultRaw(`date_trunc('milliseconds', now())`),
    computedAt: p.datetime().defaultRaw('now()'),
  },
});

/**
 * What a week or month of a client came to, once it is over. It keeps sums; ratios, changes and sentences are derived
 * when it is read. Source: docs/summaries.md.
 */
export class Summary extends schema.class {}
schema.setClass(Summary);
