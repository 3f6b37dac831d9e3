import type { EntityManager } from '@mikro-orm/postgresql';
import { storableText } from '../storable-text.ts';
import { describeRetry, type Retry, type RetrySettings } from './describe-retry.ts';
import type { OpenedAnswer } from './open-answers.ts';
import type { PlatformError, PlatformErrorKind } from './platform-error.ts';

/** What to do about a question that came to nothing once more. */
export function retryOf(
  asked: Pick<OpenedAnswer, 'refusals' | 'failures'>,
  { kind, retryAfterMs }: PlatformError,
  settings: RetrySettings,
): Retry {
  return describeRetry(kind, countOf(asked, kind), retryAfterMs, settings);
}

/** Note that a question came to nothing, and that it is given up where it is not to be asked again. */
export async function noteFailure(
  em: EntityManager,
  asked: OpenedAnswer,
  { kind, message }: PlatformError,
  { waitMs }: Retry,
): Promise<void> {
  const isLast = waitMs === null;
  await em.execute(
    `update aeo_answers set ${kind === 'RATE_LIMITED' ? 'refusals' : 'failures'} = ?, error_code = ?, error_message = ?,
       status = case when ? then 'FAILED' else status end,
       cost_ceiling = case when ? then null else cost_ceiling end,
       ended_at = case when ? then now() end
     where id = ? and status = 'RELEASED'`,
    [countOf(asked, kind), kind, storableText(message), isLast, isLast, isLast, asked.id],
  );
}

function countOf(
  { refusals, failures }: Pick<OpenedAnswer, 'refusals' | 'failures'>,
  kind: PlatformErrorKind,
): number {
  return (kind === 'RATE_LIMITED' ? refusals : failures) + 1;
}
