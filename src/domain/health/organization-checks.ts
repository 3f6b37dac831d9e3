import type { EntityManager } from '@mikro-orm/postgresql';
import { checkAnswerPlatforms, type PlatformTrial } from './check-answer-platforms.ts';
import { checkFeeds } from './check-feeds.ts';
import { checkFailedJobs, checkStuckJobs } from './check-jobs.ts';
import { checkPlatforms } from './check-platforms.ts';
import { checkWithinMs, type Finding, type HealthCheck } from './component.ts';

/**
 * What the health of one organization's own work is told by.
 *
 * @param read runs a function in a transaction that sees the organization. Each check has one of its own, so
 *   that none waits for another, and none that is given up takes others with it.
 * @param trial what keys to platforms that answer questions are tried with.
 */
export function organizationChecks(
  read: <T>(fn: (em: EntityManager) => Promise<T>) => Promise<T>,
  trial: Omit<PlatformTrial, 'transact'>,
): HealthCheck[] {
  const check = (
    name: HealthCheck['name'],
    measure: (em: EntityManager) => Promise<Finding | Finding[]>,
  ): HealthCheck => ({
    name,
    unanswered: 'UNKNOWN',
    measure: (signal) =>
      read(async (em) => {
        signal.throwIfAborted();
        await em.execute(`set local statement_timeout = ${checkWithinMs}`);
        return measure(em);
      }),
  });
  return [
    check('STUCK_JOBS', checkStuckJobs),
    check('FAILED_JOBS', checkFailedJobs),
    check('FEEDS', checkFeeds),
    check('PLATFORM', checkPlatforms),
    {
      name: 'ANSWER_PLATFORM',
      unanswered: 'UNKNOWN',
      measure: () => checkAnswerPlatforms({ ...trial, transact: read }),
    },
  ];
}
