import { randomUUID } from 'node:crypto';
import { defineEntity, p } from '@mikro-orm/core';

const schema = defineEntity({
  name: 'Placement',
  tableName: 'placements',
  properties: {
    id: p
      .uuid()
      .primary()
      .onCreate(() => randomUUID()),
    organizationId: p.uuid(),
    clientId: p.uuid(),
    strategyId: p.uuid(),
    name: p.text(),
    /** What this one was merged into; followed at read, so that undoing a merge is one update. */
    canonicalId: p.uuid().strictNullable(),
    archivedAt: p.datetime().strictNullable(),
    createdAt: p.datetime().onCreate(() => new Date()),
  },
});

/** Where a strategy's media appears. */
export class Placement extends schema.class {}
schema.setClass(Placement);
