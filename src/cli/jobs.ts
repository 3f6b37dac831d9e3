import { Command, Option } from 'commander';
import { type JobRun, jobStatuses } from '../domain/job/job-run.entity.ts';
import { withOperator } from './connect.ts';
import { findJobs, type JobSelection } from './find-jobs.ts';
import { readId, readNumber, readSince } from './options.ts';
import { ago, colored, printTable } from './output.ts';

export const jobsCommand = new Command('jobs')
  .description('list jobs of all organizations, the newest first')
  .addOption(new Option('--status <status>', 'only these').choices(jobStatuses))
  .option('--queue <name>', 'only of a queue')
  .option('--name <name>', 'only of a kind, such as ingest-feed')
  .option('--organization <id>', 'only of an organization', readId('Organization'))
  .option('--since <when>', 'only those made since: 2026-11-21, or 36h', readSince)
  .option('--limit <number>', 'at most so many', readNumber(1, 1000), 50)
  .addHelpText('after', '\nExample:\n  $ npm run cli -- jobs --status RUNNING --queue ingestion')
  .action((selection: JobSelection & { limit: number }) =>
    withOperator(async ({ operator }) => {
      const found = await operator.read((em) => findJobs(em, selection, selection.limit));
      printJobs(found);
      if (found.length === selection.limit) {
        console.error(`The newest ${selection.limit}; --limit shows more.`);
      }
    }),
  );

/** Print jobs, a line each. */
export function printJobs(found: { run: JobRun; organization: string }[]): void {
  const head = ['Job', 'Organization', 'Kind', 'Status', 'Attempts', 'Made', 'What'];
  const rows = found.map(({ run, organization }) => [
    run.id,
    organization,
    run.name,
    run.status === 'FAILED' ? colored('red', run.status) : run.status,
    `${run.attempt}/${run.maxAttempts}`,
    ago(run.createdAt),
    describe(run),
  ]);
  if (rows.length === 0) console.log('There are none.');
  else printTable(head, rows, 60);
}

function describe({ status, errorCode, errorMessage, stage, done, total, worker }: JobRun): string {
  if (status === 'RUNNING') return `${stage ?? ''} ${done ?? 0}/${total ?? '?'} on ${worker}`;
  return errorCode ? `${errorCode}: ${(errorMessage ?? '').slice(0, 200)}` : '';
}
