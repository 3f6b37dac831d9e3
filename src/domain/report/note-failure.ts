import type { EntityManager } from '@mikro-orm/postgresql';
import type { PlatformCredential } from '../platform-credential/platform-credential.entity.ts';
import {
  noteAnswered,
  noteRefused,
  noteThrottled,
  noteUnanswered,
} from '../platform-credential/platform-state.ts';
import type { PlatformError } from './report-platform.ts';
import type { ReportRequest } from './report-request.entity.ts';
import { failReport } from './track-report.ts';

/** So often a call that was not answered is made again, after a wait that doubles. */
const mostRetries = 3;
/** The first waits, in waits before the first look: 2 s and 60 s of the usual 10. */
const [retryShare, throttleShare] = [0.2, 6];
const longestThrottleSeconds = 900;

/**
 * Decide what a call that came to nothing means for its report, and for the credential that all share.
 *
 * @returns why the run cannot go on; null where it can, later or without this report.
 */
export async function noteFailure(
  em: EntityManager,
  request: ReportRequest,
  credential: PlatformCredential,
  error: PlatformError,
): Promise<string | null> {
  switch (error.failure) {
    case 'REFUSED':
      await noteRefused(em, credential);
      return error.message;
    case 'REJECTED':
      await noteAnswered(em, credential.id);
      await failReport(em, request, error.message);
      return null;
    case 'THROTTLED':
      await waitForTurn(em, request, credential, error.retryAt);
      return null;
    case 'GONE':
      await noteAnswered(em, credential.id);
      return retry(em, request, credential, error);
    case 'UNANSWERED':
      await noteUnanswered(em, credential.id);
      return retry(em, request, credential, error);
  }
}

/** A report that was not created for asking too often costs nothing; all wait until reports are granted again. */
async function waitForTurn(
  em: EntityManager,
  { id, state, refusals }: ReportRequest,
  credential: PlatformCredential,
  retryAt: Date | null,
): Promise<void> {
  const seconds = Math.min(
    credential.pollSeconds * throttleShare * 2 ** refusals,
    longestThrottleSeconds,
  );
  const [row] = await em.execute<{ until: string }[]>(
    `update report_requests set refusals = refusals + 1, failures = 0,
       state = case state when 'CREATING' then 'PLANNED' else state end,
       next_at = least(coalesce(?::timestamptz, now() + ? * interval '1 second'), deadline_at)
     where id = ? returning next_at::text as until`,
    [retryAt, seconds, id],
  );
  if (state !== 'PENDING') await noteThrottled(em, credential.id, new Date(row?.until ?? ''));
}

async function retry(
  em: EntityManager,
  { id, failures }: ReportRequest,
  { pollSeconds }: PlatformCredential,
  error: PlatformError,
): Promise<string | null> {
  if (failures >= mostRetries) return `${error.message} (${failures + 1} times in a row)`;
  await em.execute(
    `update report_requests set failures = failures + 1,
       next_at = least(now() + ? * interval '1 second', deadline_at) where id = ?`,
    [pollSeconds * retryShare * 2 ** failures, id],
  );
  return null;
}
