import { randomUUID } from 'node:crypto';
import { defineEntity, p } from '@mikro-orm/core';

/** What a member may do: an owner and an admin change things, an analyst reads, a client reads its own. */
export const roles = ['OWNER', 'ADMIN', 'ANALYST', 'CLIENT'] as const;
export type Role = (typeof roles)[number];

const schema = defineEntity({
  name: 'Membership',
  tableName: 'memberships',
  properties: {
    id: p
      .uuid()
      .primary()
      .onCreate(() => randomUUID()),
    organizationId: p.uuid(),
    userId: p.uuid(),
    role: p.enum(roles),
    /** The clients that a member with the role CLIENT sees; null for the other roles. */
    clientIds: p.array().columnType('uuid[]').strictNullable(),
    /** Since when the member may not sign in here, though their place is kept. */
    disabledAt: p.datetime().strictNullable(),
    createdAt: p.datetime().onCreate(() => new Date()),
  },
});

/** A user's place in an organization. */
export class Membership extends schema.class {}
schema.setClass(Membership);
