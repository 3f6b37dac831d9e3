import { randomUUID } from 'node:crypto';
import { defineEntity, p } from '@mikro-orm/core';
import type { ClientStatus } from '../client/client.entity.ts';

export const erasureSubjects = ['CLIENT', 'USER'] as const;
export const erasureStatuses = ['WAITING', 'RUNNING', 'COMPLETED', 'CANCELLED'] as const;
export type ErasureStatus = (typeof erasureStatuses)[number];

const schema = defineEntity({
  name: 'Erasure',
  tableName: 'erasures',
  properties: {
    id: p
      .uuid()
      .primary()
      .onCreate(() => randomUUID()),
    organizationId: p.uuid(),
    subject: p.enum(erasureSubjects),
    /** The client's or user's id, which outlives them here. */
    subjectId: p.uuid(),
    /** Of the client, to be put back if it is cancelled. */
    statusBefore: p.text().$type<ClientStatus>().strictNullable(),
    requestedBy: p.uuid(),
    createdAt: p.datetime().defaultRaw(`date_trunc('milliseconds', now())`),
    /** Until when it can be cancelled. */
    dueAt: p.datetime(),
    cancelledAt: p.datetime().strictNullable(),
    cancelledBy: p.uuid().strictNullable(),
    startedAt: p.datetime().strictNullable(),
    jobRunId: p.uuid().strictNullable(),
    completedAt: p.datetime().strictNullable(),
    /** Rows erased so far, by table. */
    counts: p.json<Record<string, number>>().onCreate(() => ({})),
    /** SHA-256 of the certificate in the audit log, as hex. */
    certificateHash: p.text().strictNullable(),
  },
});

/** That everything of a client or a user is to be erased, and what became of it. */
export class Erasure extends schema.class {}
schema.setClass(Erasure);

export function statusOf({ cancelledAt, startedAt, completedAt }: Erasure): ErasureStatus {
  if (cancelledAt) return 'CANCELLED';
  if (completedAt) return 'COMPLETED';
  return startedAt ? 'RUNNING' : 'WAITING';
}
