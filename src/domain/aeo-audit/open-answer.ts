import type { EntityManager } from '@mikro-orm/postgresql';
import type { AuditedProfile } from '../brand/audited-profile.ts';
import type { AeoSettings } from './aeo-settings.ts';
import type { AnswerPlatformName } from './answer-platform.ts';

/** A released question with what it takes to ask it. */
export interface OpenedAnswer {
  id: string;
  auditId: string;
  organizationId: string;
  clientId: string;
  platform: AnswerPlatformName;
  text: string;
  settings: AeoSettings;
  profile: AuditedProfile;
  failures: number;
  refusals: number;
}

/**
 * The question that a job is to ask; null where there is nothing to ask any more: it was answered, given up, or its
 * audit is not under way.
 */
export async function openAnswer(em: EntityManager, id: string): Promise<OpenedAnswer | null> {
  const [row] = await em.execute<OpenedAnswer[]>(
    `select a.id, a.audit_id as "auditId", a.organization_id as "organizationId", a.client_id as "clientId",
       a.platform, q.text, u.settings, u.profile, a.failures, a.refusals
     from aeo_answers a
     join aeo_questions q on q.id = a.question_id
     join aeo_audits u on u.id = a.audit_id
     where a.id = ? and a.status = 'RELEASED' and u.status = 'RUNNING'`,
    [id],
  );
  return row ?? null;
}
