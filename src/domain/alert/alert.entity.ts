import { randomUUID } from 'node:crypto';
import { defineEntity, p } from '@mikro-orm/core';

/** What people are told of. */
export const alertKinds = [
  'FAILED_RUN',
  'MISSING_FILE',
  'VALIDATION_ERRORS',
  'HELD_RUN',
  'CREDENTIAL_REFUSED',
] as const;
export type AlertKind = (typeof alertKinds)[number];

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
    feedId: p.uuid(),
    /** The run that it was last seen in. */
    runId: p.uuid().strictNullable(),
    kind: p.enum(alertKinds),
    /** The day that it is about; null for what is about the feed. */
    date: p.date().strictNullable(),
    message: p.text(),
    /** Runs that it was seen in. */
    count: p.integer().default(1),
    firstSeenAt: p.datetime().defaultRaw(`date_trunc('milliseconds', now())`),
    lastSeenAt: p.datetime().defaultRaw('now()'),
    resolvedAt: p.datetime().strictNullable(),
    /** When people were mailed of it. */
    toldAt: p.datetime().strictNullable(),
  },
});

/** A trouble of a feed, from when it begins until it ends, however often it is seen meanwhile. */
export class Alert extends schema.class {}
schema.setClass(Alert);
