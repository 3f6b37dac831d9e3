import { randomUUID } from 'node:crypto';
import { defineEntity, p } from '@mikro-orm/core';

const schema = defineEntity({
  name: 'User',
  tableName: 'users',
  properties: {
    id: p
      .uuid()
      .primary()
      .onCreate(() => randomUUID()),
    emailCiphertext: p.text(),
    emailIndex: p.text(),
    /** Null for who was never asked. */
    nameCiphertext: p.text().strictNullable(),
    passwordHash: p.text(),
    disabledAt: p.datetime().strictNullable(),
    createdAt: p.datetime().onCreate(() => new Date()),
  },
});

/**
 * A person. Their name and email are kept encrypted, and the email is found by its blind index. Of who was erased a row
 * is left that has neither, and that no tenant sees.
 */
export class User extends schema.class {}
schema.setClass(User);
