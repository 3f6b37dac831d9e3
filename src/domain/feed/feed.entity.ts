import { randomUUID } from 'node:crypto';
import { defineEntity, p } from '@mikro-orm/core';

/** LATEST: the newest object of a date is the day. PARTS: all matching objects of a date are one set. */
export const fileModes = ['LATEST', 'PARTS'] as const;

/**
 * BUCKET: files that somebody puts into a bucket. REPORT: reports that its platform makes when asked. UPLOAD: files
 * that somebody uploads, as they may to any feed.
 */
export const feedOrigins = ['BUCKET', 'REPORT', 'UPLOAD'] as const;
export type FeedOrigin = (typeof feedOrigins)[number];

const schema = defineEntity({
  name: 'Feed',
  tableName: 'feeds',
  properties: {
    id: p
      .uuid()
      .primary()
      .onCreate(() => randomUUID()),
    organizationId: p.uuid(),
    clientId: p.uuid(),
    source: p.text(),
    name: p.text(),
    origin: p.enum(feedOrigins).default('BUCKET'),
    bucket: p.text().strictNullable(),
    keyPattern: p.text().strictNullable(),
    /** Whose reports they are, as the platform knows it. */
    advertiserId: p.text().strictNullable(),
    /** What the platform is asked with. */
    credentialId: p.uuid().strictNullable(),
    fileMode: p.enum(fileModes),
    timeZone: p.text(),
    currency: p.text(),
    lookbackDays: p.integer(),
    /** After the time of its schedule, until a file that has not come is missing. */
    graceMinutes: p.integer().default(180),
    /** Share of a file's rows that must be valid, or nothing of it is applied. */
    minValidShare: p.decimal('number').precision(4).scale(3).default(0.5),
    /** Share of what it would replace under which a slice is held. */
    holdBelowShare: p.decimal('number').precision(4).scale(3).default(0.5),
    createdAt: p.datetime().onCreate(() => new Date()),
    updatedAt: p
      .datetime()
      .onCreate(() => new Date())
      .onUpdate(() => new Date()),
  },
});

/** One channel of a client and source: where its files are and how they are read. */
export class Feed extends schema.class {}
schema.setClass(Feed);
