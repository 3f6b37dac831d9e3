import { randomUUID } from 'node:crypto';
import { defineEntity, p } from '@mikro-orm/core';

const schema = defineEntity({
  name: 'Schedule',
  tableName: 'schedules',
  properties: {
    id: p
      .uuid()
      .primary()
      .onCreate(() => randomUUID()),
    organizationId: p.uuid(),
    clientId: p.uuid().strictNullable(),
    /** The feed whose turns it makes; null for schedules of an organization. */
    feedId: p.uuid().strictNullable(),
    jobName: p.text(),
    payload: p.json<object>(),
    /** Cron expressions, separated by semicolons: it is due by each of them. */
    cron: p.text(),
    timeZone: p.text(),
    /** After what `cron` names, so that not all start at once. */
    jitterSeconds: p.integer().default(0),
    enabled: p.boolean().default(true),
    nextRunAt: p.datetime(),
    lastRunAt: p.datetime().strictNullable(),
    /** Why its last turn started nothing, where it did not. */
    skipReason: p.text().strictNullable(),
    createdAt: p.datetime().onCreate(() => new Date()),
  },
});

/** A job that is due again and again, by a cron expression in a time zone. */
export class Schedule extends schema.class {}
schema.setClass(Schedule);
