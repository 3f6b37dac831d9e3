import { randomUUID } from 'node:crypto';
import { defineEntity, p } from '@mikro-orm/core';
import type { Recurrence } from '../job/recurrence.ts';
import type { AeoSettings } from './aeo-settings.ts';

const schema = defineEntity({
  name: 'AeoSetUp',
  tableName: 'aeo_set_ups',
  properties: {
    id: p
      .uuid()
      .primary()
      .onCreate(() => randomUUID()),
    organizationId: p.uuid(),
    clientId: p.uuid(),
    name: p.text(),
    settings: p.json<AeoSettings>(),
    /** Null where audits of it are begun by hand alone. */
    timing: p.json<Recurrence>().strictNullable(),
    scheduleId: p.uuid().strictNullable(),
    removedAt: p.datetime().strictNullable(),
    createdAt: p.datetime().defaultRaw(`date_trunc('milliseconds', now())`),
    updatedAt: p
      .datetime()
      .onCreate(() => new Date())
      .onUpdate(() => new Date()),
  },
});

/** What audits of a client ask: those of one set-up are compared with each other. */
export class AeoSetUp extends schema.class {}
schema.setClass(AeoSetUp);
