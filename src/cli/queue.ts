import { Argument, Command } from 'commander';
import { queueNames } from '../jobs/registry.ts';
import { withOperator } from './connect.ts';
import { readReason } from './options.ts';
import { printQueues } from './pauses.ts';

const name = () => new Argument('<name>', 'of a queue').choices(queueNames);

export const queueCommand = new Command('queue')
  .description('pause and resume one queue, for all organizations; what runs goes on')
  .addHelpText(
    'after',
    '\nExample:\n  $ npm run cli -- queue pause ingestion --reason "the bucket is being moved"',
  );

queueCommand
  .command('pause')
  .description('take up no more jobs of a queue')
  .addArgument(name())
  .requiredOption('--reason <text>', 'shown to everybody who looks at the queue', readReason)
  .action((queue: string, { reason }: { reason: string }) =>
    withOperator(async ({ operator }) => {
      await operator.asOwner('select pause_queue(?, ?, false)', [queue, reason]);
      await operator.read(printQueues);
    }),
  );

queueCommand
  .command('resume')
  .description('take up the jobs of a queue again')
  .addArgument(name())
  .action((queue: string) => withOperator(({ operator }) => resume(operator, queue)));

queueCommand
  .command('list')
  .description('show what waits, runs and is paused')
  .action(() => withOperator(({ operator }) => operator.read(printQueues)));

/** End the operator's pause of a queue, or (`*`) of all. @throws {Error} when there is none. */
export async function resume(
  operator: Parameters<Parameters<typeof withOperator>[0]>[0]['operator'],
  queue: string,
): Promise<void> {
  const [row] = await operator.asOwner<{ ended: string }>('select resume_queue(?) as ended', [
    queue,
  ]);
  if (Number(row?.ended) === 0) {
    throw new Error(
      `${queue === '*' ? 'Not all queues are' : `${queue} is not`} paused by an operator.`,
    );
  }
  await operator.read(printQueues);
  console.log(
    'Workers take up what waits within JOB_LEASE_MS and JOB_SWEEP_MS, or at the next delivery.',
  );
}
