import { setTimeout as sleep } from 'node:timers/promises';
import { Presets, SingleBar } from 'cli-progress';
import { hasEnded, JobRun } from '../domain/job/job-run.entity.ts';
import type { OperatorDatabase } from '../infra/operator-database.ts';
import { count } from './output.ts';

const intervalMs = 1000;

/**
 * Show how many of some jobs have ended, until all have: a bar on a terminal, a line for each elsewhere.
 *
 * @throws {Error} when one failed or was cancelled: each is named.
 */
export async function watchRuns(operator: OperatorDatabase, ids: string[]): Promise<void> {
  if (ids.length === 0) return;
  const show = process.stdout.isTTY ? createBar(ids.length) : createLines(ids.length);
  let runs: JobRun[] = [];
  do {
    if (runs.length > 0) await sleep(intervalMs);
    runs = await operator.read((em) => em.find(JobRun, { id: { $in: ids } }));
    show.update(runs);
  } while (runs.some(({ status }) => !hasEnded(status)));
  show.stop();
  const failed = runs.filter(({ status }) => status !== 'SUCCEEDED');
  for (const { id, status, errorMessage } of failed) {
    console.error(`  ${id} ${status}: ${errorMessage ?? ''}`);
  }
  if (failed.length > 0) {
    throw new Error(`${count(failed.length)} of ${count(runs.length)} runs did not succeed.`);
  }
}

interface Display {
  update(runs: JobRun[]): void;
  stop(): void;
}

function createBar(total: number): Display {
  const format = '  {bar} {value}/{total} runs ended, {running} running';
  const bar = new SingleBar({ format, barsize: 32, hideCursor: true }, Presets.rect);
  bar.start(total, 0, { running: 0 });
  return {
    update: (runs) =>
      bar.update(runs.filter(({ status }) => hasEnded(status)).length, {
        running: runs.filter(({ status }) => status === 'RUNNING').length,
      }),
    stop: () => bar.stop(),
  };
}

function createLines(total: number): Display {
  const said = new Set<string>();
  return {
    update(runs) {
      for (const { id, status } of runs) {
        if (!hasEnded(status) || said.has(id)) continue;
        said.add(id);
        console.log(`  ${said.size}/${total} ${id} ${status}`);
      }
    },
    stop: () => undefined,
  };
}
