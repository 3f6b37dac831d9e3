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
    jobName: p.text(),
    payload: p.json<object>(),
    cron: p.text(),
    timeZone: p.text(),
    enabled: p.boolean().default(true),
    nextRunAt: p.datetime(),
    lastRunAt: p.datetime().strictNullable(),
    createdAt: p.datetime().onCreate(() => new Date()),
  },
});

/** A job that is due again and again, by a cron expression in a time zone. */
export class Schedule extends schema.class {}
schema.setClass(Schedule);
