import { randomUUID } from 'node:crypto';
import { defineEntity, p } from '@mikro-orm/core';

const schema = defineEntity({
  name: 'Campaign',
  tableName: 'campaigns',
  properties: {
    id: p
      .uuid()
      .primary()
      .onCreate(() => randomUUID()),
    organizationId: p.uuid(),
    clientId: p.uuid(),
    source: p.text(),
    name: p.text(),
    /** What this one was merged into; followed at read, so that undoing a merge is one update. */
    canonicalId: p.uuid().strictNullable(),
    archivedAt: p.datetime().strictNullable(),
    createdAt: p.datetime().onCreate(() => new Date()),
  },
});

/** The top of the media hierarchy: one campaign of a client at one source. */
export class Campaign extends schema.class {}
schema.setClass(Campaign);
