import { randomUUID } from 'node:crypto';
import { defineEntity, p } from '@mikro-orm/core';
import type { Letter } from './letter.ts';

export const mailStatuses = ['QUEUED', 'SENT', 'FAILED', 'CANCELLED'] as const;
export type MailStatus = (typeof mailStatuses)[number];

const schema = defineEntity({
  name: 'Mail',
  tableName: 'mails',
  properties: {
    id: p
      .uuid()
      .primary()
      .onCreate(() => randomUUID()),
    organizationId: p.uuid(),
    kind: p.text().$type<Letter['kind']>(),
    /** What it is about, such as an invitation. */
    aboutId: p.uuid(),
    /** Recipient and content, encrypted; null once it was sent or is no longer wanted. */
    letterCiphertext: p.text().strictNullable(),
    status: p.enum(mailStatuses).default('QUEUED'),
    createdAt: p.datetime().onCreate(() => new Date()),
    endedAt: p.datetime().strictNullable(),
  },
});

/** One mail to one person. */
export class Mail extends schema.class {}
schema.setClass(Mail);
