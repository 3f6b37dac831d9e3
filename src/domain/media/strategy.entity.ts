import { randomUUID } from 'node:crypto';
import { defineEntity, p } from '@mikro-orm/core';

const schema = defineEntity({
  name: 'Strategy',
  tableName: 'strategies',
  properties: {
    id: p
      .uuid()
      .primary()
      .onCreate(() => randomUUID()),
    organizationId: p.uuid(),
    clientId: p.uuid(),
    campaignId: p.uuid(),
    name: p.text(),
    /** What this one was merged into; followed at read, so that undoing a merge is one update. */
    canonicalId: p.uuid().strictNullable(),
    archivedAt: p.datetime().strictNullable(),
    createdAt: p.datetime().onCreate(() => new Date()),
  },
});

/** A line of attack within a campaign: an audience, an ad set, a tactic. */
export class Strategy extends schema.class {}
schema.setClass(Strategy);
