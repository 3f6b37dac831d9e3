import { randomUUID } from 'node:crypto';
import { defineEntity, p } from '@mikro-orm/core';

const schema = defineEntity({
  name: 'AuditLogEntry',
  tableName: 'audit_log',
  properties: {
    id: p
      .uuid()
      .primary()
      .onCreate(() => randomUUID()),
    /** Null for what happened to no organization that we know. */
    organizationId: p.uuid().strictNullable(),
    /** Null where a service token did it, or nobody. */
    userId: p.uuid().strictNullable(),
    serviceTokenId: p.uuid().strictNullable(),
    action: p.text(),
    entityType: p.text(),
    entityId: p.uuid().strictNullable(),
    before: p.json<object | null>().strictNullable(),
    after: p.json<object | null>().strictNullable(),
    ip: p.text().columnType('inet').strictNullable(),
    userAgent: p.text().strictNullable(),
    requestId: p.text().strictNullable(),
    at: p.datetime().onCreate(() => new Date()),
  },
});

/** Who changed what, from what to what, and from where. Rows are only ever added. */
export class AuditLogEntry extends schema.class {}
schema.setClass(AuditLogEntry);
