import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Pool } from 'pg';
import { type Installation, startInstallation } from '../support/installation.ts';
import { partOf, startMailServer, tokenIn } from '../support/mail-server.ts';
import { testServices } from '../support/test-services.ts';
import { startTraceCollector } from '../support/trace-collector.ts';
import { until } from '../support/until.ts';

/** Texts that occur nowhere else, each of which must stay where it belongs. */
const canary = (name: string) => `canary-${name}-${randomBytes(9).toString('hex')}`;
const email = (name: string) => `${canary(name)}@canary.example`;

let folder: string;
let installation: Installation;
let collector: Awaited<ReturnType<typeof startTraceCollector>>;
let mails: Awaited<ReturnType<typeof startMailServer>>;
/** All that was ever answered, whoever asked. */
const answers: string[] = [];

const smtpPassword = canary('smtp');
const planted = {
  ...{ smtpPassword, name: canary('name'), password: canary('password'), next: canary('next') },
  ...{ wrong: canary('wrong'), weak: 'qwertyuiop12345' },
  ...{ invited: email('invited'), gone: email('gone'), unknown: email('unknown') },
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mediagraph-secrets-'));
  [collector, mails] = await Promise.all([
    startTraceCollector(),
    startMailServer({
      authOptional: false,
      allowInsecureAuth: true,
      onAuth: ({ username, password }, _session, done) =>
        password === smtpPassword
          ? done(null, { user: username })
          : done(new Error(String(password))),
    }),
  ]);
  const address = new URL(mails.url);
  Object.assign(address, { username: 'mailer', password: smtpPassword });
  const settings = {
    SMTP_URL: address.href,
    MAIL_FROM: 'Mediagraph <no-reply@mediagraph.example>',
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    LOG_LEVEL: 'trace',
  };
  installation = await startInstallation('PostgreSQL', settings);
  await installation.startWorker({ logFile: join(folder, 'worker.log') });
});
afterAll(async () => {
  await installation.close();
  await mails.close();
  collector.close();
  await rm(folder, { recursive: true, force: true });
});

async function ask(url: string, query: string, variables: object, token?: string) {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token && { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify({ query, variables }),
  });
  const text = await response.text();
  return {
    text,
    ...(JSON.parse(text) as {
      data: Record<string, Record<string, string>> | null;
      errors?: object[];
    }),
  };
}

/** The mail to an email, once it came. */
const mailTo = (to: string, count = 1) =>
  until(`mail ${count} to ${to.slice(0, 12)}`, async () => {
    const own = mails.taken.filter((mail) => mail.to.includes(to));
    return own.length >= count && own[count - 1]?.raw;
  });

/** Every row of every table, the queue's too, as text. */
async function dumpDatabase(): Promise<string> {
  const pool = new Pool({ connectionString: installation.agency.urls.superuserUrl });
  const { rows: tables } = await pool.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
     where schemaname not in ('pg_catalog', 'information_schema')`,
  );
  const texts: string[] = [];
  for (const { name } of tables) {
    const { rows } = await pool.query<{ row: string }>(`select t::text as row from ${name} t`);
    texts.push(...rows.map(({ row }) => `${name} ${row}`));
  }
  await pool.end();
  return texts.join('\n');
}

test('what is secret is in no log, job, row, trace, error or answer but its own', async () => {
  const logFile = join(folder, 'server.log');
  const { url, server } = await installation.startServer({}, logFile);
  const { owner } = installation.agency;
  const say = async (query: string, variables: object = {}, token?: string) => {
    const answer = await ask(url, query, variables, token);
    answers.push(answer.text);
    return answer;
  };
  const signIn = (input: object) =>
    ask(url, 'mutation ($input: SignInInput!) { signIn(input: $input) { token refreshToken } }', {
      input,
    });
  const tokensOf = async (input: object): Promise<[access: string, refresh: string]> => {
    const { data } = await signIn(input);
    const { token = '', refreshToken = '' } = data?.signIn ?? {};
    return [token, refreshToken];
  };
  const [token, refresh] = await tokensOf(owner);

  const invite =
    'mutation ($input: InviteUserInput!) { inviteUser(input: $input) { invitation { id status } } }';
  // Refused for good, by words that repeat whom it was for.
  mails.refusals.push({ at: 'RCPT', code: 550, to: planted.gone });
  for (const each of [planted.gone, planted.invited]) {
    await say(invite, { input: { email: each, role: 'ANALYST' } }, token);
  }
  const invitation = tokenIn(await mailTo(planted.invited));
  const accept =
    'mutation ($input: AcceptInvitationInput!) { acceptInvitation(input: $input) { __typename } }';
  const { name, password } = planted;
  await say(accept, { input: { token: invitation, name, password: planted.weak } });
  await say(accept, { input: { token: invitation, name, password } });
  await say(accept, { input: { token: invitation, name, password } });
  const [memberToken, memberRefresh] = await tokensOf({ email: planted.invited, password });
  answers.push((await signIn({ email: planted.invited, password: planted.wrong })).text);
  await say('{ viewer { role } }', {}, `${memberToken}x`);

  const forget =
    'mutation ($input: RequestPasswordResetInput!) { requestPasswordReset(input: $input) { accepted } }';
  await say(forget, { input: { email: planted.unknown } });
  await say(forget, { input: { email: planted.invited } });
  const reset = tokenIn(await mailTo(planted.invited, 2));
  const set = 'mutation ($input: ResetPasswordInput!) { resetPassword(input: $input) { changed } }';
  await say(set, { input: { token: reset, password: planted.weak } });
  await say(set, { input: { token: reset, password: planted.next } });
  await say(set, { input: { token: reset, password: planted.next } });
  expect(partOf(await mailTo(planted.invited, 3), 'text/plain')).toContain('was just changed');
  // Mistakes of form and type are told with what was written, to who wrote it.
  const echoed = answers.length;
  await say(
    `mutation { acceptInvitation(input: { token: "${invitation}", password: "${password}" `,
  );
  await say(accept, { input: { token: invitation, password, unheard: planted.next } });
  await say(accept, { input: { token: [invitation], password } });

  const mistakes = answers.splice(echoed);
  // Asked for too often, an email that nobody has is refused as somebody's is.
  const refusals = [];
  for (const each of [planted.unknown, planted.invited]) {
    let answer = '';
    for (let times = 0; times < 5; times += 1) {
      answer = (await say(forget, { input: { email: each } })).text;
    }
    refusals.push(answer.replaceAll(/\d+/g, 'n'));
  }
  expect(refusals[0]).toContain('RATE_LIMITED');
  expect(refusals[1]).toBe(refusals[0]);

  await server.stop();
  const database = await dumpDatabase();
  await installation.close();
  const logs = (
    await Promise.all((await readdir(folder)).map((file) => readFile(join(folder, file), 'utf8')))
  ).join('\n');
  const traces = JSON.stringify(collector.spans);
  // Else they would prove nothing.
  expect(logs).toContain('"job":"send-mail"');
  expect(database).toContain('send-mail');
  expect(traces).toContain('send mail');
  expect(answers.length).toBeGreaterThan(12);

  const { JWT_SECRET, ENCRYPTION_KEYS, BLIND_INDEX_KEY } = testServices.secrets;
  const secrets = {
    ...planted,
    ...{
      token,
      refresh,
      memberToken,
      memberRefresh,
      invitation,
      reset,
      ownerPassword: owner.password,
    },
    ...{ JWT_SECRET, BLIND_INDEX_KEY, encryptionKey: ENCRYPTION_KEYS.split(':')[1] ?? '' },
  };
  const places = { logs, database, traces };
  const found = Object.entries(places).flatMap(([place, text]) =>
    Object.entries(secrets).flatMap(([secret, value]) =>
      text.toLowerCase().includes(value.toLowerCase()) ? `${secret} in ${place}` : [],
    ),
  );
  expect(found).toEqual([]);
  const leaked = Object.entries(secrets).filter(([, value]) =>
    answers.some((answer) => answer.includes(value)),
  );
  expect(leaked.map(([secret]) => secret)).toEqual([]);
  expect(mistakes.some((answer) => answer.includes(planted.next))).toBe(false);
});
