import { arrayLiteral } from '../../src/domain/array-literal.ts';
import { startIngestion } from '../../src/domain/ingestion/start-ingestion.ts';
import { openOutbox, sendJobRuns } from '../../src/jobs/enqueue.ts';
import { ingestFeed } from '../../src/jobs/ingest-feed.job.ts';
import type { BenchInstallation } from '../installation.ts';
import { connectJobsCore } from '../jobs/connect.ts';
import type { BenchFeed } from './feeds.ts';

/** Has runs loaded by whichever workers there are. */
export interface Loading {
  /**
   * Load a day of feeds, all at once.
   *
   * @returns milliseconds from the first request to the last end, by the clock of the database.
   * @throws {Error} when a day does not come to `outcome`.
   */
  load(feeds: BenchFeed[], date: string, outcome?: 'APPLIED' | 'UNCHANGED'): Promise<number>;
  close(): Promise<void>;
}

interface Ended {
  left: number;
  ms: number;
  others: string | null;
}

export async function openLoading({ env, database, tenant }: BenchInstallation): Promise<Loading> {
  const { core, close } = await connectJobsCore(env('worker').DATABASE_URL ?? '', undefined);

  async function start(feeds: BenchFeed[], date: string): Promise<string[]> {
    return database.withTenant(tenant, async (em) => {
      const outbox = openOutbox(em);
      for (const { feedId } of feeds) {
        const request = { feedId, range: { from: date, to: date }, trigger: 'MANUAL' } as const;
        await startIngestion(em, tenant, request, (run) =>
          outbox.add(ingestFeed, { runId: run.id }, run),
        );
      }
      return outbox.jobRunIds;
    });
  }

  const look = (ids: string[], outcome: string) =>
    database.withTenant(tenant, async (em) => {
      const [ended] = await em.execute<Ended[]>(
        `select count(*) filter (where j.status in ('QUEUED', 'RUNNING'))::int as left,
           (extract(epoch from max(j.finished_at) - min(j.created_at)) * 1000)::float as ms,
           string_agg(s.status || ' ' || coalesce(s.reason, ''), '; ') filter (where s.status <> ?) as others
         from job_runs j join ingestion_runs r on r.job_run_id = j.id join run_slices s on s.run_id = r.id
         where j.id = any (?::uuid[])`,
        [outcome, arrayLiteral(ids)],
      );
      return ended;
    });

  return {
    async load(feeds, date, outcome = 'APPLIED') {
      const ids = await start(feeds, date);
      await sendJobRuns(core, ids);
      for (;;) {
        const ended = await look(ids, outcome);
        if (ended?.left === 0) {
          if (ended.others) throw new Error(`A day was not ${outcome}: ${ended.others}`);
          return ended.ms;
        }
        await new Promise((wake) => setTimeout(wake, 25));
      }
    },
    close,
  };
}
