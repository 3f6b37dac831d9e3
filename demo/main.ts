/**
 * The demo: everything on this machine, from files in a bucket to campaigns in the graph.
 *
 * `--exit` ends after the table; `--files FOLDER` loads that folder's Surfside files instead of made-up ones.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Api, ApiError, signInTo } from '../client/api.ts';
import { IngestionRunDocument } from '../client/operations.ts';
import { loadConfig, readEnvironment } from '../src/config.ts';
import { addDays, type DateRange, today } from '../src/domain/calendar.ts';
import { fromGlobalId } from '../src/domain/global-id.ts';
import { startProcess } from '../src/infra/child-process.ts';
import { createFieldCipher } from '../src/infra/crypto.ts';
import { createDatabase } from '../src/infra/database.ts';
import { runProcess } from '../src/infra/process.ts';
import { connectServices } from '../src/infra/services.ts';
import { workerOptions, workerScript } from '../src/infra/worker-process.ts';
import { startAnswerPlatforms } from '../test/support/answer-platforms/answer-server.ts';
import { startReceiver } from '../test/support/webhook-receiver.ts';
import { auditAnswers } from './audit-answers.ts';
import { type DemoBucket, openDemoBucket } from './bucket.ts';
import { exportFiles } from './export-files.ts';
import {
  advertisers,
  demoRange,
  generateFiles,
  generateRestatement,
  restatedDate,
} from './generate-files.ts';
import { issueReport } from './issue-report.ts';
import { loadFeed, setUpClient } from './load-feed.ts';
import { printPerformance, printRows } from './print-report.ts';
import { printRetention } from './print-retention.ts';
import { printSummary } from './print-summary.ts';
import { createProgressDisplay, type ProgressDisplay } from './progress.ts';
import { raiseAlert } from './raise-alert.ts';
import { type FileFolder, readFolder } from './read-folder.ts';
import { demoUsers, seedClientUser, seedOrganization } from './seed.ts';
import { uploadFacebook } from './upload-facebook.ts';
import { setUpVibeFeed, startDemoVibe } from './vibe-feed.ts';

const timeZone = 'America/New_York';
const cpm = '12.5';
const rangeKey = 'demo/range.json';

await runProcess('demo', async (onStop, fail) => {
  const { values: options } = parseArgs({
    options: { exit: { type: 'boolean' }, files: { type: 'string' } },
  });
  const folder = options.files === undefined ? undefined : await readFolder(options.files);
  const config = loadConfig(readEnvironment());
  console.log('Starting PostgreSQL and an S3 server on this machine ...');
  const services = await connectServices(config, 'server');
  onStop(() => services.release());
  services.onLost(() => fail('the embedded services ended'));
  const { databaseUrl, s3, encryptionKeys, blindIndexKey } = services.config;
  const database = await createDatabase({ url: databaseUrl, poolSize: 2 });
  onStop(() => database.close());
  const cipher = createFieldCipher(encryptionKeys, blindIndexKey);
  await seedOrganization(database, cipher);

  const vibe = await startDemoVibe();
  onStop(() => vibe.close());
  const answering = await startAnswerPlatforms();
  onStop(() => answering.close());
  const receiver = await startReceiver();
  onStop(() => receiver.close());
  const standIns = {
    PLATFORM_STAND_INS: `VIBE=${vibe.url},${answering.standIns}`,
    WEBHOOK_STAND_IN: receiver.url,
  };

  console.log('Starting a server and two workers ...');
  const logs = join(config.DATA_DIR, 'logs');
  const server = await startProcess<{ url: string }>(new URL('../src/server.js', import.meta.url), {
    logFile: join(logs, 'server.log'),
    env: standIns,
  });
  onStop(() => server.stop(), config.SHUTDOWN_MS);
  const startWorker = async (name: string) => {
    const worker = await startProcess(workerScript, {
      nodeOptions: workerOptions,
      logFile: join(logs, `${name}.log`),
      // The port is the server's.
      env: { ...standIns, INTERNAL_PORT: '' },
    });
    onStop(() => worker.stop(), config.SHUTDOWN_MS);
  };
  await Promise.all(['worker-1', 'worker-2'].map(startWorker));

  const { url } = server.ready;
  const { admin, client } = demoUsers;
  const api = await signInTo(url, admin.email, admin.password).catch(sayHowToSignIn);
  const bucket = await openDemoBucket(s3);
  onStop(() => bucket.close());
  const shown = folder
    ? await loadFolder(api, bucket, folder)
    : await loadAdvertisers({ api, url }, bucket);
  const { clientId } = shown;
  const places = { url, folder: join(config.DATA_DIR, 'exports') };
  await exportFiles(api, shown, places);
  await issueReport(api, shown, places);
  if (!folder) await raiseAlert(api, receiver, shown);
  await auditAnswers(api, clientId, places);
  await printRetention(api);
  await seedClientUser(database, cipher, fromGlobalId('Client', clientId));

  console.log(`\nAPI      ${url}/graphql`);
  console.log(`IDE      ${url}/ide/`);
  console.log(`Sign in  ${admin.email} (all clients) or ${client.email} (one client),`);
  console.log(`         password ${admin.password}; the README shows how.`);
  if (options.exit) process.kill(process.pid, 'SIGTERM');
  else console.log('\nCtrl-C stops everything; the data stays for the next start.');
  return { url };
});

/** A client whose data is there, and its days. */
interface Shown {
  clientId: string;
  range: DateRange;
}

/** The made-up advertisers, one day of each delivered twice. @returns the first one. */
async function loadAdvertisers(
  { api, url }: { api: Api; url: string },
  bucket: DemoBucket,
): Promise<Shown> {
  const prepared = await bucket.get(rangeKey);
  const range: DateRange = prepared
    ? JSON.parse(prepared)
    : demoRange(addDays(today(timeZone), -1));
  if (!prepared) {
    console.log(`Putting the files of ${range.from} to ${range.to} into the bucket ...`);
    for (const advertiser of advertisers) {
      for (const file of generateFiles(advertiser, range)) await bucket.put(file.key, file.body);
    }
  }

  console.log('Loading them through the API:');
  const display = createProgressDisplay();
  const clients = await Promise.all(
    advertisers.map(async (advertiser) => {
      const { name, keyPattern } = advertiser;
      const settings = { name, timeZone, bucket: bucket.name, keyPattern, cpm, range };
      const ids = await setUpClient(api, settings);
      const idempotencyKey = `demo-load-${name}-${range.from}`;
      const load = { feedId: ids.feedId, range, idempotencyKey };
      const [runId] = await Promise.all([
        loadFeed(api, display, name, load),
        advertiser === advertisers[0]
          ? loadVibe(api, display, ids.clientId, name, range)
          : uploadFacebook({ api, url, display }, { clientId: ids.clientId, name, range }),
      ]);
      return { ...ids, advertiser, runId };
    }),
  );
  display.stop();

  const restated = restatedDate(range);
  console.log(`\nThe files of ${restated}, which is delivered a second time:`);
  const again = createProgressDisplay();
  const restatements = await Promise.all(
    clients.map(async ({ advertiser, feedId }) => {
      const file = generateRestatement(advertiser, range);
      await bucket.put(file.key, file.body);
      const idempotencyKey = `demo-restate-${advertiser.name}-${range.from}`;
      const days = { from: restated, to: restated };
      return loadFeed(api, again, advertiser.name, { feedId, range: days, idempotencyKey });
    }),
  );
  again.stop();
  await bucket.put(rangeKey, JSON.stringify(range));

  for (const [index, { clientId, runId }] of clients.entries()) {
    await printPerformance(api, clientId, range);
    await printRows(api, runId);
    await printRestatement(api, restatements[index] ?? '');
    await printSummary(api, clientId, range);
  }
  return { clientId: clients[0]?.clientId ?? '', range };
}

/** The same days of a client's streaming television, as a report that Vibe makes. */
async function loadVibe(
  api: Api,
  display: ProgressDisplay,
  clientId: string,
  name: string,
  range: DateRange,
): Promise<void> {
  const feedId = await setUpVibeFeed(api, clientId);
  const idempotencyKey = `demo-vibe-${name}-${range.from}`;
  await loadFeed(api, display, `${name} on Vibe`, { feedId, range, idempotencyKey });
}

/** The files of a folder, as a client of its own. */
async function loadFolder(api: Api, bucket: DemoBucket, folder: FileFolder): Promise<Shown> {
  const { name, keyPattern, range, files, fingerprint } = folder;
  console.log(`Putting ${files.length} files of ${range.from} to ${range.to} into the bucket ...`);
  for (const { key, body } of files) await bucket.put(key, body);

  console.log('Loading them through the API:');
  const display = createProgressDisplay();
  const settings = { name, timeZone: 'UTC', bucket: bucket.name, keyPattern, cpm, range };
  const { clientId, feedId } = await setUpClient(api, settings);
  const idempotencyKey = `demo-load-${fingerprint}`;
  const runId = await loadFeed(api, display, name, { feedId, range, idempotencyKey });
  display.stop();
  await printPerformance(api, clientId, range);
  await printRows(api, runId);
  return { clientId, range };
}

async function printRestatement(api: Api, runId: string): Promise<void> {
  const { ingestionRun } = await api.request(IngestionRunDocument, { id: runId });
  for (const { date, status, totalsBefore, totalsAfter } of ingestionRun?.slices ?? []) {
    const change = `conversions ${totalsBefore?.conversions} -> ${totalsAfter?.conversions}`;
    console.log(`  Restated: ${date} ${status}: ${change}`);
  }
}

/** @throws {Error} with the cure, where the demo's admin is no longer as the demo made them. */
function sayHowToSignIn(error: unknown): never {
  if (!(error instanceof ApiError)) throw error;
  const { email, password } = demoUsers.admin;
  throw new Error(
    `The demo cannot sign in as ${email} with the password ${password}: ${error.message}\n` +
      'Disable their second factor (disableSecondFactor, with `npm start`) or give the password back, or delete .data to start over.',
    { cause: error },
  );
}
