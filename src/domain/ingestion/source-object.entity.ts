import { randomUUID } from 'node:crypto';
import { defineEntity, p } from '@mikro-orm/core';
import type { HeaderFields } from '../column-mapping/column-mapping.entity.ts';

/** How a file is read, where its source's connector does not know by itself. */
export interface FileReading {
  /** Columns that somebody mapped by hand. */
  mapping?: HeaderFields | undefined;
  /** The sheet of a workbook. */
  sheet?: string | undefined;
}

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
    /** How it is read, where not as its source's files usually are. */
    reading: p.json<FileReading | null>().strictNullable(),
    fetchedAt: p.datetime().onCreate(() => new Date()),
    /** Since when its content is not kept any more. */
    expiredAt: p.datetime().strictNullable(),
  },
});

/** A file as it was fetched once: known by key and ETag, kept in our bucket under its SHA-256 until it expires. */
export class SourceObject extends schema.class {}
schema.setClass(SourceObject);
