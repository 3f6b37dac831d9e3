import type { Tenant } from '../domain/identity/viewer.ts';
import type { Announcer } from './announcer.ts';
import type { Claim } from './claim.ts';
import type { JobDatabase } from './database.ts';
import type { Progress } from './define-job.ts';
import type { Log } from './log.ts';

/** People see no more than this; the database need not write more. */
const shortestIntervalMs = 200;

/**
 * Writes and announces the progress of one attempt, on connections of its own: within the job's
 * transactions nobody would see it. Reports come faster than they are written; the latest one wins.
 */
export function createProgressFeed(
  tenant: Tenant,
  claim: Claim,
  { database, announcer, log }: { database: JobDatabase; announcer: Announcer; log: Log },
) {
  let latest: Progress | undefined;
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();

  /** One write after the other, so that the latest report is also the last one written. */
  const writeLatest = () => {
    const progress = latest;
    latest = undefined;
    if (!progress) return writing;
    writing = writing
      .then(() => write(progress))
      .then((sequence) =>
        sequence === undefined
          ? undefined
          : announcer.announce({ jobRunId: claim.id, sequence, isWish: false }),
      )
      .catch((error) => log.warn({ err: error }, 'progress not written'));
    return writing;
  };

  const write = ({ stage, done, total }: Progress) =>
    database.withTenant(tenant, async (em) => {
      // A later attempt does again what an earlier one did; within a stage, people see it only grow.
      const rows = await em.execute<{ sequence: string }[]>(
        `update job_runs set sequence = sequence + 1, stage = ?, total = ?,
           done = case when stage = ? then greatest(done, ?) else ? end
         where id = ? and fence = ? and status = 'RUNNING' returning sequence`,
        [stage, total, stage, done, done, claim.id, claim.fence],
      );
      return rows[0] && Number(rows[0].sequence);
    });

  return {
    report(progress: Progress): void {
      latest = progress;
      timer ??= setTimeout(() => {
        timer = undefined;
        void writeLatest();
      }, shortestIntervalMs);
    },
    /** Write the last report, so that a job that succeeded does not end at 98 %. */
    async close(): Promise<void> {
      clearTimeout(timer);
      await writeLatest();
    },
  };
}
