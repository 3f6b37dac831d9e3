import { z } from 'zod';
import { Feed } from '../domain/feed/feed.entity.ts';
import { scheduledIngestion } from '../domain/feed/feed-schedule.ts';
import { findObstacle } from '../domain/feed/find-obstacle.ts';
import { startIngestion } from '../domain/ingestion/start-ingestion.ts';
import { Schedule } from '../domain/job/schedule.entity.ts';
import { defineJob, NotYet } from './define-job.ts';
import { ingestFeed } from './ingest-feed.job.ts';

const waitMs = 60_000;

/**
 * Start the run that a feed's schedule is due for: its look-back, so that late and restated days come too.
 *
 * One run at a time: while another of these days is under way it waits, or leaves its turn to one that waits already.
 * @throws {NotYet} while it waits.
 */
export const startScheduledIngestion = defineJob({
  name: scheduledIngestion,
  queue: 'ingestion',
  payload: z.object({ feedId: z.uuid() }),
  attempts: 5,
  timeoutMs: 60_000,
  backoffMs: 5_000,

  async process({ feedId }, { run, tenant, enqueue, log }) {
    await enqueue(async (em, add) => {
      const feed = await em.findOne(Feed, feedId);
      const obstacle = feed && (await findObstacle(em, feed, run.id));
      if (!feed || (obstacle && !obstacle.passes)) {
        const skipReason = obstacle?.reason ?? null;
        await em.nativeUpdate(Schedule, { feedId }, { skipReason });
        return log.info({ feedId, skipReason }, 'no scheduled run started');
      }
      if (obstacle) throw new NotYet(waitMs);
      await em.nativeUpdate(Schedule, { feedId }, { skipReason: null });
      const request = {
        feedId,
        trigger: 'SCHEDULE',
        idempotencyKey: `schedule-${run.id}`,
      } as const;
      await startIngestion(em, tenant, request, (ingestion) =>
        add(ingestFeed, { runId: ingestion.id }, ingestion),
      );
    });
  },
});
