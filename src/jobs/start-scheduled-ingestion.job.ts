import { z } from 'zod';
import { Client } from '../domain/client/client.entity.ts';
import { scheduledIngestion } from '../domain/feed/create-feed.ts';
import { Feed } from '../domain/feed/feed.entity.ts';
import { startIngestion } from '../domain/ingestion/start-ingestion.ts';
import { defineJob } from './define-job.ts';
import { ingestFeed } from './ingest-feed.job.ts';

/** Start the run that a feed's schedule is due for: its look-back, so that late and restated days come too. */
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
      const client = feed && (await em.findOne(Client, feed.clientId));
      if (client?.status !== 'ACTIVE') {
        return log.info({ feedId }, 'nothing to start: the client is not active');
      }
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
