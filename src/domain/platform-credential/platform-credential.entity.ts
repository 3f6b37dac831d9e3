import { randomUUID } from 'node:crypto';
import { defineEntity, p } from '@mikro-orm/core';

/** REFUSED: the platform does not take it; nothing is asked with it until it is replaced, or tested again. */
export const credentialStatuses = ['UNTESTED', 'WORKING', 'REFUSED'] as const;

/** The source, and API, of credentials that are keys to buckets. */
export const bucketSource = 'S3';

const schema = defineEntity({
  name: 'PlatformCredential',
  tableName: 'platform_credentials',
  properties: {
    id: p
      .uuid()
      .primary()
      .onCreate(() => randomUUID()),
    organizationId: p.uuid(),
    /** Null for the organization's own. */
    clientId: p.uuid().strictNullable(),
    source: p.text(),
    name: p.text(),
    /** Which of the source's APIs it is for. */
    dialect: p.text(),
    secretCiphertext: p.text(),
    status: p.enum(credentialStatuses).default('UNTESTED'),
    checkedAt: p.datetime().strictNullable(),
    /** Reports that the platform lets it ask for in an hour. */
    creationsPerHour: p.integer(),
    /** The wait before the first look at a report; later ones grow from it. */
    pollSeconds: p.decimal('number').precision(6).scale(3),
    budgetLeft: p.integer().default(0),
    budgetResetAt: p.datetime().defaultRaw('now()'),
    /** Calls in a row that were not answered. */
    failures: p.integer().default(0),
    /** Until when nothing is asked, since too many calls were not answered. */
    openUntil: p.datetime().strictNullable(),
    createdAt: p.datetime().onCreate(() => new Date()),
    updatedAt: p
      .datetime()
      .onCreate(() => new Date())
      .onUpdate(() => new Date()),
  },
});

/** A key to a platform, encrypted, with what the platform grants it and how it does. */
export class PlatformCredential extends schema.class {}
schema.setClass(PlatformCredential);
