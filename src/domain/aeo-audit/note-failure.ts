import type { EntityManager } from '@mikro-orm/postgresql';
import { storableText } from '../storable-text.ts';
import { describeRetry, type RetrySettings } from './describe-retry.ts';
import type { OpenedAnswer } from './open-answers.ts';
import type { PlatformError } from './platform-error.ts';

/**
 * Note that a question came to nothing.
 *
 * @returns after how many milliseconds to ask again; null where it is given up.
 */
export async function noteFailure(
  em: EntityManager,
  asked: OpenedAnswer,
  { kind, message, retryAfterMs }: PlatformError,
  retries: RetrySettings,
): Promise<number | null> {
  const isRefusal = kind === 'RATE_LIMITED';
  const count = (isRefusal ? asked.refusals : asked.failures) + 1;
  const { waitMs } = describeRetry(kind, count, retryAfterMs, retries);
  await em.execute(
    `update aeo_answers set ${isRefusal ? 'refusals' : 'failures'} = ?, error_code = ?, error_message = ?,
       status = case when ? then 'FAILED' else status end,
       cost_ceiling = case when ? then null else cost_ceiling end,
       ended_at = case when ? then now() end
     where id = ? and status = 'RELEASED'`,
    [
      ...[count, kind, storableText(message)],
      ...[waitMs === null, waitMs === null, waitMs === null, asked.id],
    ],
  );
  return waitMs;
}
