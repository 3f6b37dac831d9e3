import { toGlobalId } from '../../src/domain/global-id.ts';
import { IngestionRun } from '../../src/domain/ingestion/ingestion-run.entity.ts';
import { JobRun } from '../../src/domain/job/job-run.entity.ts';
import { addClient, addFeed } from '../support/agency.ts';
import { type Installation, startInstallation } from '../support/installation.ts';
import { runCli } from '../support/run-cli.ts';
import { operatorEnv, run } from '../support/run-program.ts';
import { surfsideFile, surfsideRow } from '../support/surfside-file.ts';

let installation: Installation;
beforeAll(async () => {
  installation = await startInstallation();
  await installation.startWorker();
});
afterAll(() => installation.close());

const cli = (...args: string[]) => runCli(installation.agency, args);
const range = ['--from', '2026-01-01', '--to', '2026-01-05'];

async function feedWithDays(name: string, body = surfsideFile): Promise<string> {
  const { agency } = installation;
  const client = await addClient(agency, name);
  const feed = await addFeed(agency, client, { keyPattern: `${name}-{date}.csv` });
  for (const day of [1, 2, 3, 4, 5].map((each) => `2026-01-0${each}`)) {
    await agency.bucket.put(`${name}-${day}.csv`, body(day, [surfsideRow()]));
  }
  return feed.id;
}

test('a backfill loads past days in chunks behind all other work, and a second time does nothing', async () => {
  const { agency } = installation;
  const feedId = await feedWithDays('past');
  const args = ['backfill', '--feed', toGlobalId('Feed', feedId), ...range, '--chunk-days', '2'];
  const first = await run('src/cli.js', [...args, '--watch'], operatorEnv(agency));
  expect(first).toMatchObject({ status: 0 });
  expect(first.stdout).toContain('3 runs started, 0 are under way');
  expect(first.stdout).toMatch(/3\/3 \S+ SUCCEEDED/);
  const runs = await agency.database.withTenant(agency.tenant, (em) =>
    em.find(IngestionRun, { feedId }, { orderBy: { fromDate: 'asc' } }),
  );
  expect(runs.map(({ fromDate, toDate, outcome }) => [fromDate, toDate, outcome])).toEqual([
    ['2026-01-01', '2026-01-02', 'SUCCEEDED'],
    ['2026-01-03', '2026-01-04', 'SUCCEEDED'],
    ['2026-01-05', '2026-01-05', 'SUCCEEDED'],
  ]);
  const [job] = await agency.database.withTenant(agency.tenant, (em) =>
    em.find(JobRun, { id: runs[0]?.jobRunId ?? '' }),
  );
  expect(job?.priority).toBe(0);

  const second = await cli(...args, '--watch');
  expect(second).toMatchObject({ status: 0 });
  expect(second.stdout).toContain('0 runs started, 0 are under way, 3 chunks were loaded before');
});

test('a backfill of what is not there, or is in the future, is refused by name', async () => {
  const nobody = '00000000-0000-4000-8000-000000000000';
  for (const noun of ['feed', 'client', 'organization']) {
    const { status, output } = await cli('backfill', `--${noun}`, nobody, ...range);
    expect({ status, output }).toMatchObject({
      status: 1,
      output: expect.stringContaining(`There is no ${noun} with the id ${nobody}.`),
    });
  }
  const feedId = await feedWithDays('future');
  const late = ['--from', '2099-01-01', '--to', '2099-01-02'];
  const { status, output } = await cli('backfill', '--feed', feedId, ...late);
  expect(status).toBe(1);
  expect(output).toContain('2099-01-02 is in the future');
});

test('jobs that failed for good are listed, and tried again once they are mended', async () => {
  const { agency } = installation;
  const feedId = await feedWithDays('broken', () => 'no table\n');
  const backfill = await cli('backfill', '--feed', feedId, ...range, '--watch');
  expect(backfill.status).toBe(1);
  expect(backfill.output).toContain('1 of 1 runs did not succeed.');

  const organization = agency.tenant.organizationId;
  const listed = await cli('requeue', '--list', '--organization', organization);
  const [, id = ''] = /^(\S{36})\tAgency\tingest-feed\tFAILED\t/m.exec(listed.stdout) ?? [];
  expect(listed.stdout).toContain('BAD_USER_INPUT');
  expect((await cli('jobs', '--status', 'FAILED')).stdout).toContain(id);

  const asked = await cli('requeue', '--name', 'ingest-feed', '--since', '1h');
  expect(asked.status).toBe(1);
  expect(asked.output).toContain('Try 1 jobs again? Nobody is there to ask: say --yes.');

  for (const day of [1, 2, 3, 4, 5].map((each) => `2026-01-0${each}`)) {
    await agency.bucket.put(`broken-${day}.csv`, surfsideFile(day, [surfsideRow()]));
  }
  const retried = await cli('requeue', '--id', id, '--yes');
  expect(retried).toMatchObject({ status: 0, stdout: '1 jobs are tried again.\n' });
  const watched = await cli('backfill', '--feed', feedId, ...range, '--watch');
  expect(watched).toMatchObject({ status: 0 });
  expect((await cli('requeue', '--list', '--all')).stdout).toBe('There are none.\n');

  const again = await cli('requeue', '--id', id, '--yes');
  expect(again.status).toBe(1);
  expect(again.output).toContain('Only a failed or cancelled job is retried; it is succeeded.');
  const unknown = id.replace(/^.{8}/, '00000000');
  expect((await cli('requeue', '--id', unknown, '--yes')).output).toContain(
    `There is no such job: ${unknown}.`,
  );
});

test('an emergency stop holds all jobs until it is ended', async () => {
  const feedId = await feedWithDays('stopped');
  const stopped = await cli('emergency', 'stop', '--reason', 'wrong spend');
  expect(stopped).toMatchObject({ status: 0 });
  expect(stopped.stdout).toContain('  jobs that run: 0\n');
  expect(stopped.stdout).toMatch(/all queues\tall\t\d+ s ago\thanded back\twrong spend/);

  await cli('backfill', '--feed', feedId, ...range);
  expect((await cli('emergency', 'status')).stdout).toMatch(/^ingestion\t1\t/m);
  const resumed = await cli('emergency', 'resume');
  expect(resumed).toMatchObject({ status: 0 });
  expect(resumed.stdout).toContain('Nothing is paused.');
  const watched = await cli('backfill', '--feed', feedId, ...range, '--watch');
  expect(watched).toMatchObject({ status: 0 });
  expect((await cli('emergency', 'resume')).output).toContain('Not all queues are paused');
});

test('one queue is paused and resumed, and the workers are listed', async () => {
  const paused = await cli('queue', 'pause', 'ingestion', '--reason', 'bucket moves');
  expect(paused.stdout).toMatch(/ingestion\tall\t\d+ s ago\tgo on\tbucket moves/);
  expect(await cli('queue', 'resume', 'ingestion')).toMatchObject({ status: 0 });
  expect((await cli('queue', 'resume', 'ingestion')).output).toContain(
    'ingestion is not paused by an operator.',
  );
  expect((await cli('queue', 'list')).stdout).toContain('Nothing is paused.');
  expect((await cli('workers')).stdout).toMatch(
    /\tALIVE\t\S+\tingestion,summaries,mail,alerts,maintenance,exports,audits\t4\t/,
  );
});
