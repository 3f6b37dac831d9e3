import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SealedLetter } from '../../src/domain/mail/queue-mail.ts';
import { type Agency, addOrganization, createAgency } from '../support/agency.ts';
import { runCli } from '../support/run-cli.ts';
import { runAs } from '../support/test-services.ts';

let agency: Agency;
let folder: string;
const other = { email: 'owner@other.example', password: 'another long password' };
const subject = 'Somebody read reports of yours';

beforeAll(async () => {
  agency = await createAgency();
  folder = await mkdtemp(join(tmpdir(), 'mediagraph-notice-'));
});
afterAll(async () => {
  await agency.close();
  await rm(folder, { recursive: true, force: true });
});

const security = (...args: string[]) => runCli(agency, ['security', ...args]);

async function write(text: string): Promise<string> {
  const file = join(folder, 'notice.txt');
  await writeFile(file, text);
  return file;
}

test('a notice of a breach goes to the owners who can sign in, once each, and is in the audit log', async () => {
  const file = await write(`${subject}\n\nOn 1 November\nsomebody did.\n\nWe are sorry.\n`);
  const gone = await addOrganization(agency, { ...other, email: 'gone@other.example' });
  await agency.database.withTenant(gone, (em) =>
    em.execute('update memberships set disabled_at = now()'),
  );
  const notify = (...args: string[]) => security('breach-notice', '--file', file, ...args);
  const { organizationId } = agency.tenant;

  expect((await notify()).output).toContain('Name an --organization, or say --all.');
  const tried = await notify('--all', '--dry-run');
  expect(tried.stdout).toContain('Agency\towner@agency.example\tgoes to them\nNothing was sent.');
  expect((await notify('--organization', organizationId, '--yes')).stdout).toContain(
    '1 mails are enqueued',
  );
  await addOrganization(agency, other);
  // The same words in other lines are the same notice.
  await write(`${subject}\n\nOn 1 November somebody did.\n\nWe are sorry.`);
  const { stdout } = await notify('--all', '--yes');
  expect(stdout).toContain('Agency\towner@agency.example\twent to them before');
  expect(stdout).toContain('Agency\towner@other.example\tgoes to them');
  expect(stdout).toContain('1 mails are enqueued');
  expect(stdout).not.toContain('gone@other.example');
  expect((await notify('--all', '--yes')).stdout).toContain('Nothing was sent.');

  const list = await security('breach-notices', '--organization', organizationId);
  expect(list.stdout).toMatch(
    new RegExp(`^Agency\towner@agency.example\tQUEUED\t\\d+ s ago\t${subject}$`, 'm'),
  );
  const [mail, ...others] = await agency.database.withTenant(agency.tenant, (em) =>
    em.execute<{ letter_ciphertext: string; jobs: number }[]>(
      `select letter_ciphertext, (select count(*)::int from job_runs j where j.payload ->> 'mailId' = m.id::text) as jobs
       from mails m`,
    ),
  );
  expect(others).toEqual([]);
  expect(mail?.jobs).toBe(1);
  expect(
    JSON.parse(agency.cipher.decrypt(mail?.letter_ciphertext ?? '')) as SealedLetter,
  ).toMatchObject({
    to: 'owner@agency.example',
    letter: { subject, paragraphs: ['On 1 November somebody did.', 'We are sorry.'] },
  });
  const entries = await agency.database.withTenant(agency.tenant, (em) =>
    em.execute(`select action, after from audit_log where entity_type = 'BreachNotice'`),
  );
  expect(entries).toEqual([
    { action: 'SEND', after: expect.objectContaining({ userId: agency.actor.userId, subject }) },
  ]);
});

test('what is no notice is sent to nobody; mails that are paused are said to wait', async () => {
  const file = await write(subject);
  const told = await security('breach-notice', '--all', '--yes', '--file', file);
  expect(told).toMatchObject({
    status: 1,
    output: expect.stringContaining('A notice has a subject'),
  });
  await runAs(agency.urls.ownerUrl, `select begin_emergency('theft', null, '{*}')`);
  await write('Another\n\nText.');
  const { stdout } = await security('breach-notice', '--all', '--yes', '--file', file);
  expect(stdout).toContain('They wait: mails are paused');
});
