import { randomUUID } from 'node:crypto';
import { defineEntity, p } from '@mikro-orm/core';
import { roles } from './membership.entity.ts';

export const invitationStatuses = ['PENDING', 'ACCEPTED', 'REVOKED', 'EXPIRED'] as const;
export type InvitationStatus = (typeof invitationStatuses)[number];

const schema = defineEntity({
  name: 'Invitation',
  tableName: 'invitations',
  properties: {
    id: p
      .uuid()
      .primary()
      .onCreate(() => randomUUID()),
    organizationId: p.uuid(),
    emailCiphertext: p.text(),
    emailIndex: p.text(),
    role: p.enum(roles),
    /** The clients that it binds to; null for roles other than CLIENT. */
    clientIds: p.array().columnType('uuid[]').strictNullable(),
    tokenHash: p.text(),
    /** The mail that its present link went with. */
    mailId: p.uuid(),
    invitedBy: p.uuid().strictNullable(),
    createdAt: p.datetime().defaultRaw(`date_trunc('milliseconds', now())`),
    expiresAt: p.datetime(),
    acceptedAt: p.datetime().strictNullable(),
    acceptedBy: p.uuid().strictNullable(),
    revokedAt: p.datetime().strictNullable(),
  },
});

/** A way into an organization for whoever reads the mails of an address. */
export class Invitation extends schema.class {}
schema.setClass(Invitation);

/** @param now by the database's clock, which says when it ends. */
export function statusOf(
  { acceptedAt, revokedAt, expiresAt }: Pick<Invitation, 'acceptedAt' | 'revokedAt' | 'expiresAt'>,
  now: Date,
): InvitationStatus {
  if (acceptedAt) return 'ACCEPTED';
  if (revokedAt) return 'REVOKED';
  return expiresAt <= now ? 'EXPIRED' : 'PENDING';
}
