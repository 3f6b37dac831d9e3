import type { EntityManager } from '@mikro-orm/postgresql';
import { arrayLiteral } from '../array-literal.ts';
import type { AuditedProfile } from '../brand/audited-profile.ts';
import type { AeoSettings } from './aeo-settings.ts';
import type { AnswerPlatformName } from './answer-platform.ts';
import { type AnswerCredential, findAnswerCredentials } from './find-answer-credentials.ts';

/** A released question with what it takes to ask it. */
export interface OpenedAnswer {
  id: string;
  auditId: string;
  clientId: string;
  platform: AnswerPlatformName;
  text: string;
  failures: number;
  refusals: number;
  audit: { settings: AeoSettings; profile: AuditedProfile };
  /** None where there is no key to the platform. */
  credential: AnswerCredential | undefined;
}

/**
 * The questions that jobs are to ask, in the order of their ids; null where there is nothing to ask any more: it was
 * answered, given up, or its audit is not under way.
 */
export async function openAnswers(
  em: EntityManager,
  ids: readonly string[],
): Promise<(OpenedAnswer | null)[]> {
  const rows = await em.execute<Omit<OpenedAnswer, 'audit' | 'credential'>[]>(
    `select a.id, a.audit_id as "auditId", a.client_id as "clientId", a.platform, q.text, a.failures, a.refusals
     from aeo_answers a join aeo_questions q on q.id = a.question_id
     where a.id = any (?::uuid[]) and a.status = 'RELEASED'`,
    [arrayLiteral(ids)],
  );
  const auditIds = [...new Set(rows.map(({ auditId }) => auditId))];
  const audits = await em.execute<{ id: string; settings: AeoSettings; profile: AuditedProfile }[]>(
    `select id, settings, profile from aeo_audits where id = any (?::uuid[]) and status = 'RUNNING'`,
    [arrayLiteral(auditIds)],
  );
  const auditOf = new Map(audits.map((audit) => [audit.id, audit]));
  const credentials = await credentialsOf(em, rows);
  const opened = new Map<string, OpenedAnswer>();
  for (const row of rows) {
    const audit = auditOf.get(row.auditId);
    const credential = credentials.get(row.clientId)?.get(row.platform);
    if (audit) opened.set(row.id, { ...row, audit, credential });
  }
  return ids.map((id) => opened.get(id) ?? null);
}

/** By client and platform. */
async function credentialsOf(
  em: EntityManager,
  rows: readonly Pick<OpenedAnswer, 'clientId' | 'platform'>[],
) {
  const credentials = new Map<string, Map<AnswerPlatformName, AnswerCredential>>();
  for (const [clientId, all] of Map.groupBy(rows, (row) => row.clientId)) {
    const platforms = [...new Set(all.map(({ platform }) => platform))];
    credentials.set(clientId, await findAnswerCredentials(em, clientId, platforms));
  }
  return credentials;
}
