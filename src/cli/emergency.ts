import { setTimeout as sleep } from 'node:timers/promises';
import { Command } from 'commander';
import type { OperatorDatabase } from '../infra/operator-database.ts';
import { withOperator } from './connect.ts';
import { letInCommand, offCommand, onCommand, printEmergency } from './emergency-mode.ts';
import { readNumber, readReason } from './options.ts';
import { colored } from './output.ts';
import { countRunning, printQueues } from './pauses.ts';
import { resume } from './queue.ts';

export const emergencyCommand = new Command('emergency')
  .description('keep everybody out who has no second factor; stop all jobs, and let them go on')
  .addHelpText(
    'after',
    `
Examples:
  $ npm run cli -- emergency on --reason "a password was stolen" --until 4h
  $ npm run cli -- emergency stop --reason "wrong spend is written"`,
  )
  .addCommand(onCommand)
  .addCommand(offCommand)
  .addCommand(letInCommand);

emergencyCommand
  .command('stop')
  .description('pause every queue and hand back what runs, then wait until nothing does')
  .requiredOption('--reason <text>', 'shown to everybody who looks at a queue', readReason)
  .option('--wait <seconds>', 'how long to wait', readNumber(0, 3600), 60)
  .action(({ reason, wait }: { reason: string; wait: number }) =>
    withOperator(async ({ operator }) => {
      await operator.asOwner(`select pause_queue('*', ?, true)`, [reason]);
      console.log(colored('yellow', 'All queues are paused: nothing more is taken up.'));
      const running = await waitForStandstill(operator, wait);
      await operator.read(printQueues);
      if (running > 0) {
        throw new Error(
          `${running} jobs still run after ${wait} s; \`workers\` shows where. They cannot write past their lease.`,
        );
      }
      console.log('Nothing runs. `emergency resume` lets the jobs go on.');
    }),
  );

emergencyCommand
  .command('resume')
  .description('end the emergency stop')
  .action(() => withOperator(({ operator }) => resume(operator, '*')));

emergencyCommand
  .command('status')
  .description('show whether there is an emergency, and what is paused, waits and runs')
  .action(() =>
    withOperator(async ({ operator }) => {
      await printEmergency(operator);
      await operator.read(printQueues);
    }),
  );

/** Say how many jobs run until none does. @returns how many do at the end. */
async function waitForStandstill(operator: OperatorDatabase, seconds: number): Promise<number> {
  const until = Date.now() + seconds * 1000;
  let said = -1;
  for (;;) {
    const running = await operator.read((em) => countRunning(em, '*'));
    if (running !== said) console.log(`  jobs that run: ${running}`);
    said = running;
    if (running === 0 || Date.now() >= until) return running;
    await sleep(500);
  }
}
