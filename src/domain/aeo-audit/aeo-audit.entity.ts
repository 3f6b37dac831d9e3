import { randomUUID } from 'node:crypto';
import { defineEntity, p } from '@mikro-orm/core';
import type { AuditedProfile } from '../brand/audited-profile.ts';
import type { AeoSettings } from './aeo-settings.ts';

export const auditStatuses = [
  'PENDING',
  'RUNNING',
  'PAUSED',
  'COMPLETED',
  'COMPLETED_WITH_ERRORS',
  'FAILED',
  'CANCELLED',
] as const;
export type AuditStatus = (typeof auditStatuses)[number];

/** Those in which an audit is under way. */
export const openStatuses = ['PENDING', 'RUNNING', 'PAUSED'] as const satisfies AuditStatus[];

export function isOpen(status: AuditStatus): boolean {
  return openStatuses.some((open) => open === status);
}

const schema = defineEntity({
  name: 'AeoAudit',
  tableName: 'aeo_audits',
  properties: {
    id: p
      .uuid()
      .primary()
      .onCreate(() => randomUUID()),
    organizationId: p.uuid(),
    clientId: p.uuid(),
    setUpId: p.uuid(),
    /** What its set-up and the brand's profile said when it began. */
    settings: p.json<AeoSettings>(),
    profile: p.json<AuditedProfile>(),
    status: p.enum(auditStatuses).default('PENDING'),
    stage: p.text().$type<AuditStage>().default('INITIALIZING'),
    /** Of the whole, 0 to 1; it only grows. */
    progress: p.decimal('number').precision(7).scale(6).default(0),
    /** Null until the questions are chosen, as is how many answers are wanted. */
    questionCount: p.integer().strictNullable(),
    answerCount: p.integer().strictNullable(),
    /** US dollars; null where a price is not known. */
    costEstimate: p.decimal('string').precision(24).scale(15).strictNullable(),
    /** What could not be asked, in words. */
    notes: p.array().$type<string[]>().default([]),
    /** US dollars that a platform's proposal of questions cost; null without one, or a price. */
    proposalCost: p.decimal('string').precision(24).scale(15).nullable(),
    /** How often questions were released. */
    batch: p.integer().default(0),
    /** How often it was taken up again by itself. */
    recoveries: p.integer().default(0),
    errorCode: p.text().strictNullable(),
    errorMessage: p.text().strictNullable(),
    /** Null where its schedule began it. */
    requestedBy: p.uuid().strictNullable(),
    jobRunId: p.uuid().strictNullable(),
    createdAt: p.datetime().defaultRaw(`date_trunc('milliseconds', now())`),
    startedAt: p.datetime().strictNullable(),
    /** When the first question was released since it was begun, resumed or retried: its speed is told from then on. */
    askingSince: p.datetime().strictNullable(),
    /** When it last went on. */
    activeAt: p.datetime().defaultRaw('now()'),
    finishedAt: p.datetime().strictNullable(),
    /** Since when its questions and answers are no longer kept. */
    answersRemovedAt: p.datetime().nullable(),
  },
});

/** One time that a set-up's questions are put to its platforms. */
export class AeoAudit extends schema.class {}
schema.setClass(AeoAudit);

export const auditStages = [
  'INITIALIZING',
  'GENERATING_QUESTIONS',
  'PROCESSING_QUESTIONS',
  'DETECTING_BRANDS',
  'FINALIZING',
] as const;
export type AuditStage = (typeof auditStages)[number];
