import { randomUUID } from 'node:crypto';
import { defineEntity, p } from '@mikro-orm/core';
import type { ProposedText } from '../aeo-question/ai-provider.ts';
import type { Recurrence } from '../job/recurrence.ts';
import type { AeoSettings } from './aeo-settings.ts';

/** Questions that a platform proposed for a set-up, as far as the audit that asked for them took them up. */
export interface KeptProposals {
  /** Tells the brand, categories and counts that they were proposed for. */
  madeFor: string;
  questions: ProposedText[];
  /** An instant. */
  proposedAt: string;
}

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
    /** Null until a platform has proposed questions. */
    proposals: p.json<KeptProposals>().nullable(),
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
