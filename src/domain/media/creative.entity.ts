import { randomUUID } from 'node:crypto';
import { defineEntity, p } from '@mikro-orm/core';

const schema = defineEntity({
  name: 'Creative',
  tableName: 'creatives',
  properties: {
    id: p
      .uuid()
      .primary()
      .onCreate(() => randomUUID()),
    organizationId: p.uuid(),
    clientId: p.uuid(),
    placementId: p.uuid(),
    previewUrl: p.text().strictNullable(),
    name: p.text(),
    /** What this one was merged into; followed at read, so that undoing a merge is one update. */
    canonicalId: p.uuid().strictNullable(),
    archivedAt: p.datetime().strictNullable(),
    createdAt: p.datetime().onCreate(() => new Date()),
  },
});

/** What is shown in a placement. */
export class Creative extends schema.class {}
schema.setClass(Creative);
