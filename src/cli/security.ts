import { readFile } from 'node:fs/promises';
import type { EntityManager } from '@mikro-orm/postgresql';
import { Command, Option } from 'commander';
import { readBreachNotice } from '../domain/breach-notice/breach-notice.ts';
import { findRecipients, sendBreachNotice } from '../domain/breach-notice/send-breach-notice.ts';
import type { FieldCipher } from '../domain/encryption/field-cipher.ts';
import { createFieldCipher } from '../infra/crypto.ts';
import type { OperatorDatabase } from '../infra/operator-database.ts';
import { openOutbox } from '../jobs/enqueue.ts';
import { openPostbox } from '../jobs/postbox.ts';
import { sendMail } from '../jobs/send-mail.job.ts';
import { confirm } from './confirm.ts';
import { type JobSession, withJobs, withOperator } from './connect.ts';
import { findOrganization } from './find-organization.ts';
import { ago, colored, printTable } from './output.ts';

interface Target {
  organization?: string;
  all?: true;
}

interface NoticeOptions extends Target {
  file: string;
  dryRun?: true;
  yes?: true;
}

const organizationOption = () => new Option('--organization <name|id>', 'the organization');
const allOption = () => new Option('--all', 'every organization').conflicts('organization');

export const securityCommand = new Command('security')
  .description('tell owners of a breach, and show whom it was told')
  .addHelpText(
    'after',
    '\nExample:\n  $ npm run cli -- security breach-notice --all --file notice.txt --dry-run',
  );

securityCommand
  .command('breach-notice')
  .description('mail a notice to the owners of an organization, or of all; to nobody twice')
  .addOption(organizationOption())
  .addOption(allOption())
  .requiredOption('--file <notice.txt>', 'its first line is the subject, paragraphs follow')
  .option('--dry-run', 'only show whom it would go to')
  .option('--yes', 'do not ask')
  .addHelpText(
    'after',
    '\nExample:\n  $ npm run cli -- security breach-notice --all --file notice.txt --dry-run',
  )
  .action((options: NoticeOptions) => withJobs((session) => notify(session, options)));

securityCommand
  .command('breach-notices')
  .description('show whom notices went to, and what became of the mails')
  .addOption(organizationOption())
  .action(({ organization }: Target) =>
    withOperator(async ({ operator, services }) => {
      const cipher = createFieldCipher(services.encryptionKeys, services.blindIndexKey);
      const of = organization ? (await findOrganization(operator, organization)).id : null;
      await operator.read((em) => printNotices(em, cipher, of));
    }),
  );

async function notify(session: JobSession, options: NoticeOptions): Promise<void> {
  const { operator, database, services, send } = session;
  const notice = readBreachNotice(await readFile(options.file, 'utf8'));
  const cipher = createFieldCipher(services.encryptionKeys, services.blindIndexKey);
  const organizations = await findTargets(operator, options);
  const recipients = await operator.read(async (em) => {
    const found = [];
    for (const { id, name } of organizations) {
      const owners = await findRecipients(em, id, cipher, notice);
      found.push(...owners.map((owner) => ({ ...owner, organization: name })));
    }
    return found;
  });
  printTable(
    ['Organization', 'Owner', `"${notice.subject}"`],
    recipients.map(({ organization, email, wasNotified }) => [
      organization,
      email,
      wasNotified ? 'went to them before' : 'goes to them',
    ]),
  );
  const missing = recipients.filter(({ wasNotified }) => !wasNotified);
  if (options.dryRun || missing.length === 0) return console.log('Nothing was sent.');
  if (!options.yes) await confirm(`Mail it to ${missing.length} owners?`);

  let mails = 0;
  for (const { id: organizationId } of organizations) {
    const tenant = { organizationId, clientIds: null };
    const origin = { requestId: 'breach-notice', ip: null, userAgent: 'operator' };
    const actor = { ...tenant, userId: null, email: null, role: 'OWNER', origin } as const;
    const jobRunIds = await database.withTenant(tenant, async (em) => {
      const outbox = openOutbox(em);
      await sendBreachNotice(em, actor, cipher, openPostbox(cipher, outbox), notice);
      return outbox.jobRunIds;
    });
    await send(jobRunIds);
    mails += jobRunIds.length;
  }
  console.log(
    `${mails} mails are enqueued; \`security breach-notices\` shows what becomes of them.`,
  );
  await warnOfPause(operator);
}

async function findTargets(
  operator: OperatorDatabase,
  { organization, all }: Target,
): Promise<{ id: string; name: string }[]> {
  if (organization) return [await findOrganization(operator, organization)];
  if (!all) throw new Error('Name an --organization, or say --all.');
  return operator.read((em) =>
    em.execute<{ id: string; name: string }[]>(
      'select id, name from organizations order by name, id',
    ),
  );
}

/** An emergency or an operator may have paused the queue of mails. */
async function warnOfPause(operator: OperatorDatabase): Promise<void> {
  const pauses = await operator.read((em) =>
    em.execute(`select from queue_pauses where organization_id is null and queue in ('*', ?)`, [
      sendMail.queue,
    ]),
  );
  if (pauses.length === 0) return;
  const advice =
    'They wait: mails are paused (`emergency status`). `emergency on --keep-mail` lets them go.';
  console.log(colored('yellow', advice));
}

async function printNotices(
  em: EntityManager,
  cipher: Pick<FieldCipher, 'decrypt'>,
  organizationId: string | null,
): Promise<void> {
  const rows = await em.execute<
    { organization: string; ciphertext: string; subject: string; status: string; since: string }[]
  >(
    `select o.name as organization, u.email_ciphertext as ciphertext, n.subject, m.status, n.created_at as since
     from breach_notices n
     join organizations o on o.id = n.organization_id
     join users u on u.id = n.user_id
     join mails m on m.id = n.mail_id
     where ?::uuid is null or n.organization_id = ?
     order by n.created_at desc, o.name, n.id`,
    [organizationId, organizationId],
  );
  printTable(
    ['Organization', 'Owner', 'Mail', 'Since', 'Notice'],
    rows.map(({ organization, ciphertext, subject, status, since }) => [
      organization,
      cipher.decrypt(ciphertext),
      status,
      ago(new Date(since)),
      subject,
    ]),
    60,
  );
}
