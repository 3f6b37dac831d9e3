import { Command } from 'commander';
import { checkRange, type DateRange, type LocalDate } from '../domain/calendar.ts';
import { DomainError } from '../domain/errors.ts';
import type { Feed } from '../domain/feed/feed.entity.ts';
import type { IngestionRun } from '../domain/ingestion/ingestion-run.entity.ts';
import { type Chunk, startBackfill } from '../domain/ingestion/start-backfill.ts';
import { openOutbox } from '../jobs/enqueue.ts';
import { ingestFeed } from '../jobs/ingest-feed.job.ts';
import { type JobSession, withJobs } from './connect.ts';
import { type FeedSelection, findFeeds } from './find-feeds.ts';
import { readDay, readId, readIds, readNumber } from './options.ts';
import { count, printTable } from './output.ts';
import { watchRuns } from './watch-runs.ts';

interface Options extends FeedSelection {
  from: LocalDate;
  to: LocalDate;
  chunkDays: number;
  priority: number;
  again?: true;
  watch?: true;
}

export const backfillCommand = new Command('backfill')
  .description('load past days of feeds, in chunks that let the daily work go first')
  .requiredOption('--from <day>', 'first day, YYYY-MM-DD', readDay)
  .requiredOption('--to <day>', 'last day, included', readDay)
  .option('--feed <id>', 'of this feed; may be given more than once', readIds('Feed'))
  .option('--client <id>', 'of all feeds of a client', readId('Client'))
  .option('--organization <id>', 'of all feeds of an organization', readId('Organization'))
  .option('--chunk-days <number>', 'days of one run', readNumber(1, 366), 31)
  .option('--priority <number>', 'of the jobs: 0 is last, others have 5', readNumber(0, 10), 0)
  .option('--again', 'also chunks that a run has loaded whole')
  .option('--watch', 'wait until all have ended; status 1 when one failed')
  .addHelpText(
    'after',
    `
A chunk whose run waits or runs is not started a second time, and neither is one that was loaded whole.

Example:
  $ npm run cli -- backfill --feed 5b0c... --from 2020-04-01 --to 2020-09-30 --chunk-days 7 --watch`,
  )
  .action((options: Options) => {
    const range = checkRange({ from: options.from, to: options.to });
    if (!options.feed && !options.client && !options.organization) {
      throw new Error('Say which: --feed, --client or --organization.');
    }
    return withJobs((session) => backfill(session, range, options));
  });

/** One chunk of a feed, and what became of the wish to load it. */
interface ChunkLine extends DateRange {
  feed: Feed;
  outcome: Chunk['outcome'] | 'REFUSED';
  jobRunId: string | null;
  detail: string;
}

async function backfill(
  { operator, database, send }: JobSession,
  range: DateRange,
  options: Options,
): Promise<void> {
  const feeds = await operator.read((em) => findFeeds(em, options));
  const chunks: ChunkLine[] = [];
  for (const feed of feeds) {
    const ofFeed = await backfillFeed(database, feed, range, options);
    const started = ofFeed.filter(({ outcome }) => outcome === 'STARTED');
    await send(started.flatMap(({ jobRunId }) => jobRunId ?? []));
    chunks.push(...ofFeed);
  }
  printTable(
    ['Feed', 'From', 'To', 'Outcome', 'Job', 'Detail'],
    chunks.map(({ feed, from, to, outcome, jobRunId, detail }) => [
      feed.name,
      ...[from, to, outcome, jobRunId, detail],
    ]),
    40,
  );
  const number = (outcome: ChunkLine['outcome']) =>
    count(chunks.filter((chunk) => chunk.outcome === outcome).length);
  console.log(
    `${number('STARTED')} runs started, ${number('IS UNDER WAY')} are under way, ` +
      `${number('LOADED BEFORE')} chunks were loaded before, ${number('REFUSED')} refused.`,
  );
  const pending = chunks.filter(
    ({ outcome }) => outcome === 'STARTED' || outcome === 'IS UNDER WAY',
  );
  if (options.watch)
    await watchRuns(
      operator,
      pending.flatMap(({ jobRunId }) => jobRunId ?? []),
    );
  if (chunks.some(({ outcome }) => outcome === 'REFUSED')) {
    throw new Error('Some chunks were refused; see Detail.');
  }
}

/** The chunks of one feed; one line where it is refused. */
async function backfillFeed(
  database: JobSession['database'],
  feed: Feed,
  range: DateRange,
  { chunkDays, priority, again }: Options,
): Promise<ChunkLine[]> {
  const tenant = { organizationId: feed.organizationId, clientIds: null };
  const owner = { ...tenant, clientId: feed.clientId, priority };
  try {
    const { chunks } = await database.withTenant(tenant, (em) => {
      const { add } = openOutbox(em);
      return startBackfill(
        em,
        tenant,
        feed,
        { ...range, chunkDays, again: again ?? false },
        (run) => add(ingestFeed, { runId: run.id }, owner),
      );
    });
    return chunks.map(({ run, ...chunk }) => ({
      ...{ ...chunk, feed, jobRunId: run.jobRunId },
      detail: chunk.outcome === 'LOADED BEFORE' ? `by the run of ${instant(run)}` : '',
    }));
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return [{ feed, ...range, outcome: 'REFUSED', jobRunId: null, detail: error.message }];
  }
}

function instant({ createdAt }: IngestionRun): string {
  return createdAt.toISOString().slice(0, 16).replace('T', ' ');
}
