import { Command } from 'commander';
import { addDays, checkRange, type DateRange, type LocalDate } from '../domain/calendar.ts';
import { DomainError } from '../domain/errors.ts';
import type { Feed } from '../domain/feed/feed.entity.ts';
import type { IngestionRun } from '../domain/ingestion/ingestion-run.entity.ts';
import { startIngestion } from '../domain/ingestion/start-ingestion.ts';
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
interface Chunk {
  feed: Feed;
  range: DateRange;
  outcome: 'STARTED' | 'IS UNDER WAY' | 'LOADED BEFORE' | 'REFUSED';
  jobRunId: string | null;
  detail: string;
}

async function backfill(
  { operator, database, send }: JobSession,
  range: DateRange,
  options: Options,
): Promise<void> {
  const feeds = await operator.read((em) => findFeeds(em, options));
  const chunks: Chunk[] = [];
  for (const feed of feeds) {
    for (const part of inChunks(range, options.chunkDays)) {
      const loaded = options.again ? undefined : await findLoaded(operator, feed, part);
      const chunk = loaded ?? (await startChunk(database, feed, part, options.priority));
      if (chunk.outcome === 'STARTED' && chunk.jobRunId) await send([chunk.jobRunId]);
      chunks.push(chunk);
    }
  }
  printTable(
    ['Feed', 'From', 'To', 'Outcome', 'Job', 'Detail'],
    chunks.map(({ feed, range: { from, to }, outcome, jobRunId, detail }) => [
      feed.name,
      ...[from, to, outcome, jobRunId, detail],
    ]),
    40,
  );
  const number = (outcome: Chunk['outcome']) =>
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

/** A range cut into pieces of at most so many days, in order. */
function inChunks({ from, to }: DateRange, days: number): DateRange[] {
  const chunks: DateRange[] = [];
  for (let start = from; start <= to; start = addDays(start, days)) {
    const end = addDays(start, days - 1);
    chunks.push({ from: start, to: end < to ? end : to });
  }
  return chunks;
}

async function findLoaded(
  operator: JobSession['operator'],
  feed: Feed,
  range: DateRange,
): Promise<Chunk | undefined> {
  const [run] = await operator.read((em) =>
    em.execute<{ job_run_id: string; created_at: string }[]>(
      `select job_run_id, created_at::text from ingestion_runs
       where feed_id = ? and from_date = ? and to_date = ? and outcome = 'SUCCEEDED'
       order by created_at desc limit 1`,
      [feed.id, range.from, range.to],
    ),
  );
  if (!run) return undefined;
  const detail = `by the run of ${run.created_at.slice(0, 16)}`;
  return { feed, range, outcome: 'LOADED BEFORE', jobRunId: run.job_run_id, detail };
}

async function startChunk(
  database: JobSession['database'],
  feed: Feed,
  range: DateRange,
  priority: number,
): Promise<Chunk> {
  const tenant = { organizationId: feed.organizationId, clientIds: null };
  let isNew = false;
  try {
    const run = await database.withTenant(tenant, (em) => {
      const outbox = openOutbox(em);
      const enqueue = (made: IngestionRun) => {
        isNew = true;
        return outbox.add(
          ingestFeed,
          { runId: made.id },
          { ...tenant, clientId: feed.clientId, priority },
        );
      };
      return startIngestion(em, tenant, { feedId: feed.id, range, trigger: 'MANUAL' }, enqueue);
    });
    const outcome = isNew ? 'STARTED' : 'IS UNDER WAY';
    return { feed, range, outcome, jobRunId: run.jobRunId, detail: '' };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return { feed, range, outcome: 'REFUSED', jobRunId: null, detail: error.message };
  }
}
