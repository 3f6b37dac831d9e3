import { MultiBar, Presets } from 'cli-progress';
import type { Api } from '../client/api.ts';
import { JobProgressDocument, type JobProgressSubscription } from '../client/operations.ts';

export type JobState = JobProgressSubscription['jobProgress'];

/** As much of a job as is shown. */
export type ShownJob = Pick<JobState, 'status' | 'stage' | 'done' | 'total'>;

/** Shows the progress of jobs: bars on a terminal, a line a quarter elsewhere. */
export interface ProgressDisplay {
  add(title: string): (job: ShownJob) => void;
  stop(): void;
}

export function createProgressDisplay(): ProgressDisplay {
  return process.stdout.isTTY ? createBars() : createLines();
}

/** Watch a job to its end over the API's subscription. @returns its last state. */
export async function watchJob(
  api: Api,
  id: string,
  show: (job: JobState) => void,
): Promise<JobState> {
  let last: JobState | undefined;
  for await (const { jobProgress } of api.subscribe(JobProgressDocument, { id })) {
    last = jobProgress;
    show(jobProgress);
  }
  if (!last) throw new Error('The subscription ended without a word');
  return last;
}

function createBars(): ProgressDisplay {
  const format = '  {title} {bar} {percentage} % {stage} {status}';
  const bars = new MultiBar(
    { format, barsize: 24, hideCursor: true, clearOnComplete: false },
    Presets.rect,
  );
  return {
    add(title) {
      const bar = bars.create(1, 0, {
        title: title.padEnd(32),
        stage: '',
        status: 'QUEUED',
      });
      return ({ stage, done, total, status }) => {
        bar.setTotal(total ?? 1);
        bar.update(status === 'SUCCEEDED' ? (total ?? 1) : (done ?? 0), {
          stage: stageWhile(status, stage),
          status,
        });
      };
    },
    stop: () => bars.stop(),
  };
}

function createLines(): ProgressDisplay {
  return {
    add(title) {
      let said = '';
      return ({ stage, done, total, status }) => {
        const quarter = total ? Math.floor((4 * (done ?? 0)) / total) * 25 : 0;
        const percent = status === 'SUCCEEDED' ? 100 : quarter;
        const line = `  ${title.padEnd(32)} ${percent} % ${stageWhile(status, stage)} ${status}`;
        if (line !== said) console.log(line);
        said = line;
      };
    },
    stop: () => undefined,
  };
}

/** How much is done is said of each stage anew. */
function stageWhile(status: JobState['status'], stage: JobState['stage']): string {
  return status === 'RUNNING' ? (stage ?? '') : '';
}
