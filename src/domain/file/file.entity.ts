import { randomUUID } from 'node:crypto';
import { defineEntity, p } from '@mikro-orm/core';

export const fileKinds = [
  'CLIENT_EXPORT',
  'USER_EXPORT',
  'UPLOAD',
  'METRICS_EXPORT',
  'REPORT',
] as const;

const schema = defineEntity({
  name: 'File',
  tableName: 'files',
  properties: {
    id: p
      .uuid()
      .primary()
      .onCreate(() => randomUUID()),
    organizationId: p.uuid(),
    clientId: p.uuid().strictNullable(),
    /** Whom it is about, where that is a person. */
    userId: p.uuid().strictNullable(),
    kind: p.enum(fileKinds),
    /** As it is saved by who fetches it. */
    name: p.text(),
    contentType: p.text(),
    /** Where the object store keeps it. */
    storageKey: p.text(),
    /** Null while it is being made, as is its hash. */
    sizeBytes: p.bigint('number').strictNullable(),
    /** Of its content, as hex. */
    sha256: p.text().strictNullable(),
    requestedBy: p.uuid().strictNullable(),
    /** The clients that it may tell of, where not of all; of metrics alone. */
    forClients: p.array().columnType('uuid[]').strictNullable(),
    /** The least role that may see what is in it; of metrics alone. */
    forRole: p.enum(['ANALYST', 'CLIENT'] as const).default('CLIENT'),
    jobRunId: p.uuid().strictNullable(),
    createdAt: p.datetime().defaultRaw(`date_trunc('milliseconds', now())`),
    /** Null where it is kept until what it is of is erased. */
    expiresAt: p.datetime().strictNullable(),
  },
});

/** A file that a job made for somebody, kept in our own bucket. */
export class File extends schema.class {}
schema.setClass(File);
