import type { DateRange } from '../../src/domain/calendar.ts';
import type { Feed } from '../../src/domain/feed/feed.entity.ts';
import { IngestionRun } from '../../src/domain/ingestion/ingestion-run.entity.ts';
import { RunSlice } from '../../src/domain/ingestion/run-slice.entity.ts';
import { startIngestion } from '../../src/domain/ingestion/start-ingestion.ts';
import type { ReportPlatforms } from '../../src/domain/report/report-platform.ts';
import type { WebhookReceivers } from '../../src/domain/webhook/receivers.ts';
import type { JobDefinition } from '../../src/jobs/define-job.ts';
import { openOutbox } from '../../src/jobs/enqueue.ts';
import { ingestFeed } from '../../src/jobs/ingest-feed.job.ts';
import type { Mailer } from '../../src/jobs/mailer.ts';
import type { Agency } from './agency.ts';
import { createJobRig } from './in-process-workers.ts';

/** Loads days of feeds with a worker in this process, and says what became of them. */
export async function createLoader(
  agency: Agency,
  definitions = [ingestFeed as unknown as JobDefinition],
  platforms?: ReportPlatforms,
  mailer?: Mailer,
  receivers?: Pick<WebhookReceivers, 'post'>,
) {
  const { database, tenant } = agency;
  const rig = await createJobRig(agency, definitions, mailer, platforms, undefined, receivers);
  rig.startWorker();
  const finish = async (run: IngestionRun) => {
    if (!run.jobRunId) throw new Error('The run has no job');
    await rig.send(run.jobRunId);
    const job = await rig.ended(run.jobRunId);
    return database.withTenant(tenant, async (em) => ({
      job,
      run: await em.findOneOrFail(IngestionRun, run.id),
      slices: await em.find(RunSlice, { runId: run.id }, { orderBy: { date: 'asc' } }),
    }));
  };
  return {
    rig,
    finish,
    async load(feed: Feed, days: string | DateRange, trigger: 'MANUAL' | 'SCHEDULE' = 'MANUAL') {
      const range = typeof days === 'string' ? { from: days, to: days } : days;
      const run = await database.withTenant(tenant, (em) => {
        const { add } = openOutbox(em);
        return startIngestion(em, tenant, { feedId: feed.id, range, trigger }, (made) =>
          add(ingestFeed, { runId: made.id }, made),
        );
      });
      return finish(run);
    },
    /** The facts of a day by creative name, as they are stored. */
    facts: (feed: Feed, date: string) =>
      database.withTenant(tenant, (em) =>
        em.execute<Record<string, string>[]>(
          `select c.name as creative, f.impressions, f.clicks, f.conversions, f.revenue, f.spend
           from daily_metrics f join creatives c on c.id = f.creative_id
           where f.feed_id = ? and f.date = ? order by c.name`,
          [feed.id, date],
        ),
      ),
    close: () => rig.close(),
  };
}
