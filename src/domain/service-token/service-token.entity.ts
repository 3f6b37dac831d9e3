import { randomUUID } from 'node:crypto';
import { defineEntity, p } from '@mikro-orm/core';

/** What a service token is for. Nothing that it can be for administers. */
export const serviceTokenScopes = ['READ', 'INGEST'] as const;
export type ServiceTokenScope = (typeof serviceTokenScopes)[number];

const schema = defineEntity({
  name: 'ServiceToken',
  tableName: 'service_tokens',
  properties: {
    id: p
      .uuid()
      .primary()
      .onCreate(() => randomUUID()),
    organizationId: p.uuid(),
    name: p.text(),
    tokenHash: p.text(),
    /** Its first characters, by which people recognize it. */
    prefix: p.text(),
    scopes: p.array().$type<ServiceTokenScope[]>(),
    /** The only clients that it sees; null for all of the organization's. */
    clientIds: p.array().columnType('uuid[]').strictNullable(),
    allowsQueryString: p.boolean(),
    expiresAt: p.datetime(),
    createdBy: p.uuid(),
    createdAt: p.datetime().defaultRaw(`date_trunc('milliseconds', now())`),
    revokedAt: p.datetime().strictNullable(),
    revokedBy: p.uuid().strictNullable(),
    /** Give or take a minute. */
    lastUsedAt: p.datetime().strictNullable(),
  },
});

/** What a machine calls the API with, as itself and as no person. */
export class ServiceToken extends schema.class {}
schema.setClass(ServiceToken);
