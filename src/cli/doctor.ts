import { Command } from 'commander';
import { inspectEnvironment, readEnvironment } from '../config.ts';
import { type Config, configSchema } from '../config-schema.ts';
import { createOperatorDatabase } from '../infra/operator-database.ts';
import { version } from '../infra/version.ts';
import { withServices } from './connect.ts';
import { type Check, fail, look, ok, warn } from './doctor/check.ts';
import { checkDatabase, checkOwner } from './doctor/check-database.ts';
import { checkMachine } from './doctor/check-machine.ts';
import { checkKeys, checkMail, checkRedis, checkStorage } from './doctor/check-services.ts';
import { checkWork } from './doctor/check-work.ts';
import { colored, count, printTable } from './output.ts';

const colors = { OK: 'green', WARN: 'yellow', FAIL: 'red' } as const;

export const doctorCommand = new Command('doctor')
  .description('check every setting and everything that it names; status 1 when something fails')
  .option('--json', 'for machines')
  .addHelpText('after', '\nExample:\n  $ npm run cli -- doctor')
  .action(async ({ json }: { json?: true }) => {
    const { settings, problems } = inspectEnvironment(readEnvironment());
    const checks = [
      ...problems.map((problem) => {
        const [, name = '', finding = ''] = /^(.*?): (.*)$/s.exec(problem) ?? ['', problem];
        return fail(
          name,
          finding,
          'correct it in the environment or .env: see the README, settings',
        );
      }),
      ...(problems.length === 0
        ? [ok('settings', `all ${Object.keys(configSchema.shape).length} are usable`)]
        : []),
      ...(await checkMachine()),
      ...(problems.length === 0
        ? await checkAll(settings as Config)
        : await checkConfigured(settings)),
    ];
    if (json) console.log(JSON.stringify({ version, checks }, null, 2));
    else print(checks);
    if (checks.some(({ status }) => status === 'FAIL')) process.exitCode = 1;
  });

/** All services, the embedded ones too. */
async function checkAll(config: Config): Promise<Check[]> {
  const what = 'embedded services';
  return look(what, 'see logs/embedded.log in DATA_DIR', () =>
    withServices(config, async ({ server, owner, services }) => [
      ...(await checkConfigured({ ...config, ...(server && { DATABASE_URL: server }) })),
      ...(config.S3_BUCKET ? [] : await checkStorage(services.s3)),
      ...(await checkMail(services.mail)),
      ...(owner
        ? await look('DATABASE_OWNER_URL', 'start PostgreSQL, or correct DATABASE_OWNER_URL', () =>
            checkAsOwner(owner, config.JOB_LEASE_MS, services),
          )
        : [
            warn(
              'DATABASE_OWNER_URL',
              'not set: migrations, keys, workers, jobs and feeds were not checked',
              'give it to this command (not to server and workers)',
            ),
          ]),
    ]),
  );
}

/** What the usable settings name, each for itself. */
async function checkConfigured(settings: Partial<Config>): Promise<Check[]> {
  const { S3_BUCKET: bucket, S3_REGION: region = 'us-east-1' } = settings;
  const checks = await Promise.all([
    ...(['DATABASE_URL', 'DATABASE_REPLICA_URL'] as const).map((name) =>
      settings[name] ? checkDatabase(name, settings[name]) : [],
    ),
    settings.REDIS_URL ? checkRedis(settings.REDIS_URL) : [],
    bucket
      ? checkStorage({
          ...{ bucket, region, endpoint: settings.S3_ENDPOINT },
          accessKeyId: settings.S3_ACCESS_KEY_ID,
          secretAccessKey: settings.S3_SECRET_ACCESS_KEY,
        })
      : [],
  ]);
  return checks.flat();
}

async function checkAsOwner(
  url: string,
  leaseMs: number,
  { encryptionKeys, blindIndexKey }: { encryptionKeys: string; blindIndexKey: string },
): Promise<Check[]> {
  const operator = await createOperatorDatabase(url);
  try {
    const own = await checkOwner(operator);
    // Before the last migration there may be nothing to look at.
    if (own.some(({ what, status }) => what === 'migrations' && status === 'FAIL')) return own;
    return [
      ...own,
      ...(await checkKeys(operator, encryptionKeys, blindIndexKey)),
      ...(await operator.read((em) => checkWork(em, leaseMs))),
    ];
  } finally {
    await operator.close();
  }
}

function print(checks: Check[]): void {
  printTable(
    ['', 'What', 'Found and cure'],
    checks.map(({ what, status, finding, cure }) => [
      colored(colors[status], status),
      what,
      cure ? `${finding}. Cure: ${cure}` : finding,
    ]),
    90,
  );
  const number = (status: Check['status']) =>
    count(checks.filter((check) => check.status === status).length);
  console.log(`${number('OK')} OK, ${number('WARN')} WARN, ${number('FAIL')} FAIL`);
}
