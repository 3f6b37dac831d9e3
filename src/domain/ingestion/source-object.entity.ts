import { randomUUID } from 'node:crypto';
import { defineEntity, p } from '@mikro-orm/core';

const schema = defineEntity({
  name: 'SourceObject',
  tableName: 'source_objects',
  properties: {
    id: p
      .uuid()
      .primary()
      .onCreate(() => randomUUID()),
    organizationId: p.uuid(),
    clientId: p.uuid(),
    feedId: p.uuid(),
    key: p.text(),
    etag: p.text(),
    sizeBytes: p.bigint('number'),
    lastModified: p.datetime(),
    sha256: p.text(),
    /** Whether it holds corrected rejects of the other objects of its day. */
    isCorrection: p.boolean().default(false),
    fetchedAt: p.datetime().onCreate(() => new Date()),
  },
});

/** A file as it was fetched once: known by key and ETag, kept in our bucket under its SHA-256. */
export class SourceObject extends schema.class {}
schema.setClass(SourceObject);
