import { randomUUID } from 'node:crypto';
import { defineEntity, p } from '@mikro-orm/core';

/** Why a session ended before its time. */
export const sessionEndings = [
  'SIGNED_OUT',
  'REVOKED',
  'REFRESH_REUSED',
  'PASSWORD_CHANGED',
  'USER_DEACTIVATED',
  'CLIENT_DISABLED',
  'OPERATOR',
] as const;
export type SessionEnding = (typeof sessionEndings)[number];

const schema = defineEntity({
  name: 'Session',
  tableName: 'sessions',
  properties: {
    id: p
      .uuid()
      .primary()
      .onCreate(() => randomUUID()),
    organizationId: p.uuid(),
    userId: p.uuid(),
    ip: p.text().columnType('inet').strictNullable(),
    userAgent: p.text().strictNullable(),
    createdAt: p.datetime().defaultRaw(`date_trunc('milliseconds', now())`),
    /** When its tokens were last renewed: its use since is no longer ago than an access token lives. */
    lastUsedAt: p.datetime().defaultRaw(`date_trunc('milliseconds', now())`),
    expiresAt: p.datetime(),
    endedAt: p.datetime().strictNullable(),
    /** Null where nobody of the organization ended it. */
    endedBy: p.uuid().strictNullable(),
    ending: p.enum(sessionEndings).strictNullable(),
  },
});

/** A person who signed in on one device, until they sign out, are thrown out or stay away. */
export class Session extends schema.class {}
schema.setClass(Session);
