import type { EntityManager } from '@mikro-orm/postgresql';
import type { JobDefinition } from '../../src/jobs/define-job.ts';
import { openOutbox, sendJobRuns } from '../../src/jobs/enqueue.ts';
import type { BenchInstallation } from '../installation.ts';
import { connectJobsCore } from '../jobs/connect.ts';

/** A month of the installation's facts, and what is done with it. */
export interface BenchMonth {
  makePartition(): Promise<void>;
  /** What its facts in the database add up to, and how they are rolled up. */
  sums(): Promise<{ rows: number; facts: string; rollUps: string }>;
  /** Have a job done by whichever workers there are. @returns milliseconds, by the clock of the database. */
  run<P extends object>(job: JobDefinition<P>, payload: P): Promise<number>;
  close(): Promise<void>;
}

export async function openMonth(
  { env, database, tenant }: BenchInstallation,
  month: string,
): Promise<BenchMonth> {
  const { core, close } = await connectJobsCore(env('worker').DATABASE_URL ?? '', undefined);
  const sumOf = async (em: EntityManager, table: string) => {
    const [row] = await em.execute<{ rows: number; hash: string }[]>(
      `select count(*)::int as rows, coalesce(sum(hash_record_extended(f, 0)), 0)::text as hash from ${table} f
       where f.date >= ?::date and f.date < (?::date + interval '1 month')::date`,
      [month, month],
    );
    return row ?? { rows: 0, hash: '' };
  };
  return {
    makePartition: () =>
      database.withTenant(tenant, async (em) => {
        await em.execute('select ensure_metrics_partition(?::date)', [month]);
      }),
    sums: () =>
      database.withTenant(tenant, async (em) => {
        const { rows, hash } = await sumOf(em, 'daily_metrics');
        return { rows, facts: hash, rollUps: (await sumOf(em, 'daily_rollups')).hash };
      }),
    async run(job, payload) {
      const id = await database.withTenant(tenant, (em) =>
        openOutbox(em).add(job, payload, { ...tenant, clientId: null }),
      );
      await sendJobRuns(core, [id]);
      for (;;) {
        const [ended] = await database.withTenant(tenant, (em) =>
          em.execute<{ status: string; error: string | null; ms: number }[]>(
            `select status, error_message as error,
               (extract(epoch from finished_at - created_at) * 1000)::float as ms
             from job_runs where id = ? and finished_at is not null`,
            [id],
          ),
        );
        if (ended?.status === 'SUCCEEDED') return ended.ms;
        if (ended) throw new Error(`${job.name} ${ended.status}: ${ended.error}`);
        await new Promise((wake) => setTimeout(wake, 50));
      }
    },
    close,
  };
}
