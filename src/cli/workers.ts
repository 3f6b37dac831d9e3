import { Command } from 'commander';
import { listWorkers } from '../domain/job/list-workers.ts';
import { withOperator } from './connect.ts';
import { ago, colored, printTable } from './output.ts';

const colors = { ALIVE: 'green', LOST: 'red', STOPPED: 'dim' } as const;

export const workersCommand = new Command('workers')
  .description('list the workers of the last day, with what they run')
  .addHelpText('after', '\nExample:\n  $ npm run cli -- workers')
  .action(() =>
    withOperator(async ({ operator }) => {
      const workers = await operator.read(listWorkers);
      const head = ['Worker', 'Status', 'Version', 'Queues', 'At once', 'Started', 'Seen', 'Runs'];
      const rows = workers.map(({ status, queues, concurrency, jobRuns, ...worker }) => [
        worker.name,
        colored(colors[status], status),
        worker.version,
        queues.join(','),
        concurrency,
        ago(worker.startedAt),
        ago(worker.lastBeatAt),
        jobRuns.length,
      ]);
      if (rows.length === 0) console.log('No worker has run in the last day.');
      else printTable(head, rows);
    }),
  );
