import type { EntityManager } from '@mikro-orm/postgresql';
import { databaseNow } from '../database-clock.ts';
import type { AeoAudit } from './aeo-audit.entity.ts';
import type { AuditPolicy } from './audit-policy.ts';
import { reopenAnswers } from './steer-audit.ts';
import { countEnded, type Stock } from './take-stock.ts';

/** Failures that may not come again. Source: seed 003, 7.2. */
const recoverable = ['RATE_LIMITED', 'TIMEOUT', 'UNAVAILABLE'];
/** Before the first recovery; doubled each time. */
const firstRecoveryMs = 60_000;

/**
 * End an audit all of whose answers have ended. One that has answers is complete, with or without errors; one that has
 * none has failed, and is taken up again by itself where its failures may not come again.
 *
 * @returns in how many milliseconds it goes on; null when it has ended.
 */
export async function finishAudit(
  em: EntityManager,
  audit: AeoAudit,
  stock: Stock,
  { recoveries }: AuditPolicy,
): Promise<number | null> {
  const { ended, answered } = countEnded(stock);
  const reason = answered < ended ? await mainFailure(em, audit.id) : null;
  const mayRecover = reason !== null && recoverable.includes(reason.code);
  if (answered === 0 && mayRecover && audit.recoveries < recoveries) {
    const waitMs = firstRecoveryMs * 2 ** audit.recoveries;
    audit.recoveries += 1;
    audit.errorCode = reason.code;
    audit.errorMessage = `${reason.message}; asked again in ${waitMs / 60_000} min (${audit.recoveries} of ${recoveries}).`;
    await reopenAnswers(em, audit.id);
    await em.flush();
    return waitMs;
  }
  audit.status =
    answered === ended && ended > 0
      ? 'COMPLETED'
      : answered > 0
        ? 'COMPLETED_WITH_ERRORS'
        : 'FAILED';
  audit.errorCode = reason?.code ?? (ended === 0 ? 'NO_QUESTIONS' : null);
  audit.errorMessage =
    reason?.message ?? (ended === 0 ? 'There was no question to ask: see the set-up.' : null);
  Object.assign(audit, { stage: 'FINALIZING', progress: 1, finishedAt: await databaseNow(em) });
  await em.flush();
  return null;
}

/** What most of an audit's missing answers failed for. */
async function mainFailure(
  em: EntityManager,
  auditId: string,
): Promise<{ code: string; message: string } | null> {
  const [most] = await em.execute<{ code: string; message: string }[]>(
    `select coalesce(error_code, status) as code,
       count(*) || ' of the answers are missing: ' || coalesce(max(error_message), 'they were skipped') as message
     from aeo_answers where audit_id = ? and status in ('FAILED', 'SKIPPED')
     group by 1, status order by count(*) desc, 1 limit 1`,
    [auditId],
  );
  return most ?? null;
}
