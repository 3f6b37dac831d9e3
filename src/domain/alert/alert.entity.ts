import { randomUUID } from 'node:crypto';
import { defineEntity, p } from '@mikro-orm/core';

/** What people are told of. */
export const alertKinds = [
  'FAILED_RUN',
  'MISSING_FILE',
  'VALIDATION_ERRORS',
  'HELD_RUN',
  'FEW_IMPRESSIONS',
  'CREDENTIAL_REFUSED',
  'RULE',
] as const;
export type AlertKind = (typeof alertKinds)[number];
export const alertSeverities = ['INFO', 'WARNING', 'CRITICAL'] as const;
export type AlertSeverity = (typeof alertSeverities)[number];

const schema = defineEntity({
  name: 'Alert',
  tableName: 'alerts',
  properties: {
    id: p
      .uuid()
      .primary()
      .onCreate(() => randomUUID()),
    organizationId: p.uuid(),
    clientId: p.uuid(),
    /** What is wrong is wrong with it; null where a rule says what is. */
    feedId: p.uuid().strictNullable(),
    /** The rule that applies; null where it is about a feed. */
    ruleId: p.uuid().strictNullable(),
    /** The run that it was last seen in. */
    runId: p.uuid().strictNullable(),
    kind: p.enum(alertKinds),
    severity: p.enum(alertSeverities).default('WARNING'),
    /** The day that it is about; null for what is about the feed. */
    date: p.date().strictNullable(),
    message: p.text(),
    /** How often it was seen. */
    count: p.integer().default(1),
    firstSeenAt: p.datetime().defaultRaw(`date_trunc('milliseconds', now())`),
    lastSeenAt: p.datetime().defaultRaw('now()'),
    resolvedAt: p.datetime().strictNullable(),
    /** When people were mailed of it. */
    toldAt: p.datetime().strictNullable(),
    /** Until then nobody is told of it, should it begin anew. */
    snoozedUntil: p.datetime().strictNullable(),
    acknowledgedAt: p.datetime().strictNullable(),
    acknowledgedBy: p.uuid().strictNullable(),
    /** What who acknowledged it says of it. */
    note: p.text().strictNullable(),
  },
});

/** A trouble of a feed, or what a rule is about, from when it begins until it ends, however often it is seen meanwhile. */
export class Alert extends schema.class {}
schema.setClass(Alert);
