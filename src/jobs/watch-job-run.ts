import { found } from '../domain/errors.ts';
import { hasEnded, type JobRun } from '../domain/job/job-run.entity.ts';
import { type WatchOptions, watch } from './watch.ts';

interface JobWatchOptions extends WatchOptions {
  /** Read the run as the watcher may see it; null when they may not. */
  read(): Promise<JobRun | null>;
}

/**
 * The states of a run, from now to its end: each newer than the one before, the last one always.
 *
 * @throws {DomainError} NOT_FOUND when the run is not there or the watcher may not see it (any more).
 */
export function watchJobRun(
  id: string,
  { read, ...options }: JobWatchOptions,
): AsyncGenerator<JobRun> {
  let seen = -1;
  const concerns: Parameters<typeof watch>[1] = (notice) =>
    'jobRunId' in notice && notice.jobRunId === id;
  return watch(options, concerns, async () => {
    const run = found(await read(), 'job');
    const isNewer = run.sequence > seen;
    if (isNewer) seen = run.sequence;
    return { news: isNewer ? run : null, isLast: hasEnded(run.status) };
  });
}
