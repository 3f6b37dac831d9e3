import { Command } from 'commander';
import { DomainError } from '../domain/errors.ts';
import { openOutbox } from '../jobs/enqueue.ts';
import { retryJob } from '../jobs/retry-job.ts';
import { confirm } from './confirm.ts';
import { type JobSession, withJobs, withOperator } from './connect.ts';
import { findJobs, type JobSelection } from './find-jobs.ts';
import { printJobs } from './jobs.ts';
import { readId, readIds, readNumber, readSince } from './options.ts';
import { count } from './output.ts';

interface Options extends Pick<JobSelection, 'name' | 'organization' | 'since'> {
  id?: string[];
  all?: true;
  list?: true;
  yes?: true;
  limit: number;
}

export const requeueCommand = new Command('requeue')
  .description('list the jobs that failed for good, and have them tried again')
  .option('--list', 'only list them')
  .option('--id <id>', 'this one; may be given more than once', readIds('JobRun'))
  .option('--name <name>', 'of a kind, such as ingest-feed')
  .option('--organization <id>', 'of an organization', readId('Organization'))
  .option('--since <when>', 'made or failed since: 2026-11-21, or 36h', readSince)
  .option('--all', 'of all kinds, organizations and times')
  .option('--limit <number>', 'at most so many', readNumber(1, 100_000), 1000)
  .option('--yes', 'do not ask')
  .addHelpText(
    'after',
    `
Examples:
  $ npm run cli -- requeue --list
  $ npm run cli -- requeue --name ingest-feed --since 36h --yes`,
  )
  .action((options: Options) => {
    const { id: ids, name, organization, since, all, limit } = options;
    if (!options.list && !ids && !name && !organization && !since && !all) {
      throw new Error(
        'Say which: --id, --name, --organization, --since or --all; --list shows them.',
      );
    }
    const selection: JobSelection = {
      ...(ids ? { ids } : { status: 'FAILED' }),
      ...(name && { name }),
      ...(organization && { organization }),
      ...(since && { since }),
    };
    return options.list
      ? withOperator(async ({ operator }) => {
          printJobs(await operator.read((em) => findJobs(em, selection, limit)));
        })
      : withJobs((session) => requeue(session, selection, options));
  });

async function requeue(
  { operator, database, send }: JobSession,
  selection: JobSelection,
  { limit, yes }: Options,
): Promise<void> {
  const found = await operator.read((em) => findJobs(em, selection, limit));
  if (found.length === 0) {
    console.log('No failed job is among these.');
    return;
  }
  if (!yes) {
    printJobs(found);
    await confirm(`Try ${count(found.length)} jobs again?`);
  }
  const sent: string[] = [];
  let refused = 0;
  for (const { run } of found) {
    const tenant = { organizationId: run.organizationId, clientIds: null };
    try {
      const ids = await database.withTenant(tenant, async (em) => {
        const outbox = openOutbox(em);
        await retryJob(em, null, outbox, run.id);
        return outbox.jobRunIds;
      });
      sent.push(...ids);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      refused += 1;
      console.error(`  ${run.id}: ${error.message}`);
    }
  }
  await send(sent);
  console.log(`${count(sent.length)} jobs are tried again.`);
  if (refused > 0) throw new Error(`${count(refused)} jobs were left as they are.`);
}
