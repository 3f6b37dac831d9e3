import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, readFile, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import tls from 'node:tls';
import type { Letter } from '../../src/domain/mail/letter.ts';
import { Mail } from '../../src/domain/mail/mail.entity.ts';
import { queueMail } from '../../src/domain/mail/queue-mail.ts';
import { createMailer } from '../../src/infra/mail/create-mailer.ts';
import { sampleLetters } from '../../src/infra/mail/write-letter.ts';
import { openOutbox } from '../../src/jobs/enqueue.ts';
import type { Mailer } from '../../src/jobs/mailer.ts';
import { openPostbox } from '../../src/jobs/postbox.ts';
import { retryJob } from '../../src/jobs/retry-job.ts';
import { sendMail } from '../../src/jobs/send-mail.job.ts';
import { type Agency, createAgency } from '../support/agency.ts';
import { createJobRig } from '../support/in-process-workers.ts';
import { localhostCertificate } from '../support/localhost-certificate.ts';
import { type MailServer, partOf, startMailServer } from '../support/mail-server.ts';
import { until } from '../support/until.ts';

const silent = { debug() {}, info() {}, warn() {}, error() {} };
const quick = { ...sendMail, backoffMs: 10 };
const settings = { from: 'Mediagraph <no-reply@mediagraph.example>', requiresTls: false };

let agency: Agency;
let server: MailServer;
let rig: Awaited<ReturnType<typeof createJobRig>>;

beforeAll(async () => {
  [agency, server] = await Promise.all([createAgency(), startMailServer()]);
  rig = await createJobRig(agency, [quick], mailerTo(server.url));
  rig.startWorker();
});
afterAll(async () => {
  await rig.close();
  await Promise.all([agency.close(), server.close()]);
});
beforeEach(() => {
  server.taken.length = 0;
  server.refusals.length = 0;
  server.beforeYes = undefined;
});

function mailerTo(smtpUrl: string, more: object = {}): Mailer {
  const config = { ...settings, smtpUrl, appUrl: 'https://app.example/', folder: '/dev/null' };
  return createMailer({ ...config, ...more }, silent);
}

/** @returns the ids of the mail and of its job. */
async function queue(letter: Letter = sampleLetters.INVITATION, to = 'bob@client.example') {
  return agency.database.withTenant(agency.tenant, async (em) => {
    const outbox = openOutbox(em);
    const { organizationId } = agency.tenant;
    const mail = { organizationId, aboutId: randomUUID(), to, letter };
    const { id } = await queueMail(em, openPostbox(agency.cipher, outbox), mail);
    return { id, jobRunId: outbox.jobRunIds[0] ?? '' };
  });
}

const readMail = (id: string) =>
  agency.database.withTenant(agency.tenant, (em) => em.findOneOrFail(Mail, id));

describe('a mail', () => {
  test('is sent once, in two parts that say the same, and its row forgets it', async () => {
    const { id, jobRunId } = await queue();
    // No ciphertext has an "@" by chance.
    expect((await readMail(id)).letterCiphertext).not.toContain('bob@');
    const run = await rig.ended(jobRunId);
    expect(run.status).toBe('SUCCEEDED');
    expect(run.payload).toEqual({ mailId: id });
    expect(await readMail(id)).toMatchObject({ status: 'SENT', letterCiphertext: null });

    const [mail, ...others] = server.taken;
    expect(others).toEqual([]);
    expect(mail?.to).toEqual(['bob@client.example']);
    const raw = mail?.raw ?? '';
    expect(raw).toContain(`Message-ID: <${id}@mediagraph.example>`);
    expect(raw).toContain('Auto-Submitted: auto-generated');
    expect(raw).toContain('Subject: Invitation to Example & Partners on Mediagraph');
    const link = 'https://app.example/accept-invitation#token=a-token-of-an-example';
    const [text, html] = [partOf(raw, 'text/plain'), partOf(raw, 'text/html')];
    expect(text).toContain(link);
    expect(html).toContain(`href="${link}"`);
    expect(text.replaceAll('\n', ' ')).toContain('28 November 2099 at 09:00 (America/New_York)');
    expect(html).toContain('28 November 2099 at 09:00 (America/New_York)');
    // Nothing is loaded by who opens it; readers of screens are told the language and the title.
    expect(html).not.toMatch(/<(img|link|script)|url\(|@import/);
    expect(html).toMatch(/<html lang="en"/);
    expect(html).toContain('<title>Invitation to Example &#38; Partners on Mediagraph</title>');
  });

  test('is tried again after 4xx, to the recipient and to the mail, and comes once', async () => {
    server.refusals.push({ at: 'RCPT', code: 450 }, { at: 'DATA', code: 421 });
    const { id, jobRunId } = await queue();
    const run = await rig.ended(jobRunId);
    expect(run).toMatchObject({ status: 'SUCCEEDED', failures: 2 });
    expect((await readMail(id)).status).toBe('SENT');
    expect(server.taken).toHaveLength(1);
  });

  test('fails at once on 5xx, says so without the address, and can be tried again', async () => {
    server.refusals.push({ at: 'RCPT', code: 550 });
    const { id, jobRunId } = await queue();
    const run = await rig.ended(jobRunId);
    expect(run).toMatchObject({ status: 'FAILED', attempt: 1, errorCode: 'UPSTREAM_FAILED' });
    expect(run.errorMessage).toBe('The mail server refuses the mail for good (550)');
    expect((await readMail(id)).status).toBe('FAILED');
    expect(server.taken).toEqual([]);
    await agency.database.withTenant(agency.tenant, (em) =>
      retryJob(em, null, openOutbox(em), jobRunId),
    );
    expect((await rig.ended(jobRunId)).status).toBe('SUCCEEDED');
    expect((await readMail(id)).status).toBe('SENT');
  });

  test('whose link has expired while it waited is not sent', async () => {
    const expiresAt = new Date(Date.now() - 1).toISOString();
    const { id, jobRunId } = await queue({ ...sampleLetters.PASSWORD_RESET, expiresAt });
    expect((await rig.ended(jobRunId)).status).toBe('SUCCEEDED');
    expect(await readMail(id)).toMatchObject({ status: 'CANCELLED', letterCiphertext: null });
    expect(server.taken).toEqual([]);
  });

  test('that the server took when its worker died comes again, as the same mail', async () => {
    const { id } = await queue();
    const run = { id: '', fence: 0 };
    const talk = (isAlive: boolean) =>
      agency.database.withTenant(agency.tenant, async (em) => {
        const context = { ...agency, mailer: mailerTo(server.url), log: silent, run };
        const write = async (fn: (inside: typeof em) => Promise<unknown>) => {
          await fn(em);
          if (!isAlive) throw new Error('The worker died before it could commit');
        };
        const signal = new AbortController().signal;
        await quick.process({ mailId: id }, { ...context, write, signal } as never);
      });
    await expect(talk(false)).rejects.toThrow('died');
    expect((await readMail(id)).status).toBe('QUEUED');
    await talk(true);
    const ids = server.taken.map(({ raw }) => /^Message-ID: (.+)$/m.exec(raw)?.[1]?.trim());
    expect(ids).toEqual([`<${id}@mediagraph.example>`, `<${id}@mediagraph.example>`]);
    const [first, second] = server.taken.map(({ raw }) => partOf(raw, 'text/plain'));
    expect(first).toBe(second);
    // And not a third time.
    await talk(true);
    expect(server.taken).toHaveLength(2);
  });

  test('is not sent by two workers at once, however long the server takes', async () => {
    const second = rig.startWorker();
    const { jobRunId } = await queueSlowly();
    expect((await rig.ended(jobRunId)).attempt).toBe(1);
    expect(server.taken).toHaveLength(1);
    await second.close();
  });
});

/** Queue a mail whose server says yes only when the first lease of its job would have ended. */
async function queueSlowly() {
  const leaseEnd = async () => {
    const [run] = await agency.database.withTenant(agency.tenant, (em) =>
      em.execute<{ at: string }[]>(
        `select extract(epoch from lease_until) as at from job_runs where status = 'RUNNING'`,
      ),
    );
    return Number(run?.at);
  };
  server.beforeYes = async () => {
    const first = await leaseEnd();
    const second = rig.options.leaseMs / 1000;
    await until('the end of the first lease', async () => (await leaseEnd()) > first + second);
  };
  return queue();
}

describe('what would be another header', () => {
  test.each([
    'bob@client.example\r\nBcc: eve@evil.example',
    'bob@client.example, eve@evil.example',
    'Bob <bob@client.example>',
    '"bob"@client.example',
    'bob@client.example>',
    'bob@@client.example',
    'bob@client',
  ])('%j is refused as a recipient', async (to) => {
    await expect(queue(undefined, to)).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
      fields: ['email'],
    });
  });

  test('in the name of an organization ends up in the subject, on one line, and quoted in HTML', async () => {
    const organization = 'Evil\r\nBcc: eve@evil.example\r\n\r\n<script>alert(1)</script>';
    const { jobRunId } = await queue({ ...sampleLetters.INVITATION, organization });
    await rig.ended(jobRunId);
    const [{ raw, to } = { raw: '', to: [] }] = server.taken;
    expect(to).toEqual(['bob@client.example']);
    const [head = ''] = raw.split('\r\n\r\n');
    expect(head).not.toMatch(/^Bcc:/im);
    expect(head.replaceAll('\r\n ', ' ')).toContain('Subject: Invitation to Evil Bcc:');
    expect(partOf(raw, 'text/html')).not.toContain('<script>');
  });

  test('in whom mails are from is refused', async () => {
    const mailer = mailerTo(server.url, { from: 'a@b.example\r\nBcc: eve@evil.example' });
    const mail = { id: randomUUID(), to: 'bob@client.example', letter: sampleLetters.INVITATION };
    const { signal } = new AbortController();
    await expect(mailer.send(mail, signal)).rejects.toThrow('one line');
  });
});

describe('TLS', () => {
  const mail = { id: randomUUID(), to: 'bob@client.example', letter: sampleLetters.INVITATION };
  const { signal } = new AbortController();

  test('where it is required, a server that does not offer it gets no mail', async () => {
    const plain = await startMailServer({ disabledCommands: ['STARTTLS'] });
    const outcome = await mailerTo(plain.url, { requiresTls: true }).send(mail, signal);
    expect(outcome).toMatchObject({
      status: 'DEFERRED',
      code: expect.stringMatching(/ETLS|5\d\d/),
    });
    expect(plain.taken).toEqual([]);
    await plain.close();
  });

  test.each([
    { at: 'the start', options: { secure: true } },
    { at: 'STARTTLS', options: { hideSTARTTLS: false } },
  ])('a certificate is checked at $at, and mails go to who has a good one', async ({ options }) => {
    const encrypted = await startMailServer(options);
    const mailer = mailerTo(encrypted.url, { requiresTls: true });
    expect((await mailer.send(mail, signal)).status).toBe('DEFERRED');
    expect(encrypted.taken).toEqual([]);
    const trusted = tls.getCACertificates();
    tls.setDefaultCACertificates([...trusted, localhostCertificate.cert]);
    expect(await mailer.send(mail, signal)).toEqual({ status: 'ACCEPTED' });
    tls.setDefaultCACertificates(trusted);
    expect(encrypted.taken).toMatchObject([{ isEncrypted: true }]);
    await encrypted.close();
  });

  test('where it is optional, it is used as soon as it is offered', async () => {
    const offering = await startMailServer({ hideSTARTTLS: false });
    expect(await mailerTo(offering.url).send(mail, signal)).toEqual({ status: 'ACCEPTED' });
    expect(offering.taken[0]?.isEncrypted).toBe(true);
    await offering.close();
  });
});

test('without a mail server mails are files, for their owner alone, and the log says where', async () => {
  const folder = join(await mkdtemp(join(tmpdir(), 'mediagraph-mail-')), 'mail');
  const lines: object[] = [];
  const log = { ...silent, info: (details: object) => lines.push(details) };
  const mailer = createMailer(
    { ...settings, smtpUrl: undefined, appUrl: 'https://app.example', folder },
    log,
  );
  const id = randomUUID();
  const { signal } = new AbortController();
  for (const letter of Object.values(sampleLetters)) {
    await mailer.send({ id, to: 'bob@client.example', letter }, signal);
    await mailer.send({ id, to: 'bob@client.example', letter }, signal);
  }
  const names = (await readdir(folder)).toSorted();
  const kinds = Object.keys(sampleLetters).map((kind) => kind.toLowerCase().replaceAll('_', '-'));
  expect(names).toEqual(
    kinds.toSorted().flatMap((kind) => [`${kind}-${id}.eml`, `${kind}-${id}.txt`]),
  );
  for (const name of names) expect((await stat(join(folder, name))).mode & 0o777).toBe(0o600);
  const [path, text] = ['eml', 'txt'].map((end) => join(folder, `invitation-${id}.${end}`)) as [
    string,
    string,
  ];
  // The link on one line, as it is opened: in the other it is encoded.
  expect(await readFile(text, 'utf8')).toMatch(
    /^https:\/\/app\.example\/accept-invitation#token=a-token-of-an-example\S*$/m,
  );
  expect(await readFile(path, 'utf8')).toContain('To: bob@client.example');
  expect(lines[0]).toEqual({ subject: 'Invitation to Example & Partners on Mediagraph', path });
  expect(JSON.stringify(lines)).not.toContain('a-token-of-an-example');
});
