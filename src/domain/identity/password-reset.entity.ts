import { randomUUID } from 'node:crypto';
import { defineEntity, p } from '@mikro-orm/core';

const schema = defineEntity({
  name: 'PasswordReset',
  tableName: 'password_resets',
  properties: {
    id: p
      .uuid()
      .primary()
      .onCreate(() => randomUUID()),
    /** Where it was asked for; a password is for all of a user's organizations. */
    organizationId: p.uuid(),
    userId: p.uuid(),
    tokenHash: p.text(),
    mailId: p.uuid(),
    createdAt: p.datetime().onCreate(() => new Date()),
    expiresAt: p.datetime(),
    /** When it was used, or became void since another one was. */
    endedAt: p.datetime().strictNullable(),
  },
});

/** A link by which a user sets a new password. */
export class PasswordReset extends schema.class {}
schema.setClass(PasswordReset);
