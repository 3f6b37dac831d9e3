import { Command } from 'commander';
import { normalizeEmail } from '../domain/identity/sign-in.ts';
import { createFieldCipher } from '../infra/crypto.ts';
import type { OperatorDatabase } from '../infra/operator-database.ts';
import { queueNames } from '../jobs/registry.ts';
import { sendMail } from '../jobs/send-mail.job.ts';
import { confirm } from './confirm.ts';
import { withOperator } from './connect.ts';
import { readReason, readUntil } from './options.ts';
import { ago, colored, count } from './output.ts';
import { printQueues } from './pauses.ts';

interface OnOptions {
  reason: string;
  until?: Date;
  serviceTokens?: true;
  keepMail?: true;
  yes?: true;
}

/** `emergency on`: once more while one lasts, it ends all sessions again, and takes the new reason and end. */
export const onCommand = new Command('on')
  .description('begin an emergency: queues stand, all sessions end, only a second factor lets in')
  .requiredOption('--reason <text>', 'shown to everybody who looks at a queue', readReason)
  .option('--until <instant|4h>', 'when it ends by itself; else somebody has to end it', readUntil)
  .option('--service-tokens', "end the machines' service tokens as well, for good")
  .option('--keep-mail', 'go on sending mails: links for passwords, notices of breaches')
  .option('--yes', 'do not ask')
  .action(({ reason, until, serviceTokens, keepMail, yes }: OnOptions) =>
    withOperator(async ({ operator }) => {
      if (!yes) await confirm('Pause all queues, and sign everybody out?');
      const queues = keepMail ? queueNames.filter((name) => name !== sendMail.queue) : ['*'];
      const [ended] = await operator.asOwner<{ sessions: string; tokens: string }>(
        `select begin_emergency(?, ?, ?::text[]) as sessions,
           case when ? then end_service_tokens(null) else 0 end as tokens`,
        [reason, until ?? null, `{${queues.join(',')}}`, serviceTokens ?? false],
      );
      console.log(`Ended ${count(BigInt(ended?.sessions ?? 0))} sessions.`);
      if (serviceTokens) console.log(`Ended ${count(BigInt(ended?.tokens ?? 0))} service tokens.`);
      await printEmergency(operator);
      await operator.read(printQueues);
    }),
  );

export const offCommand = new Command('off')
  .description('end the emergency, and the pauses that it made; who was signed out signs in anew')
  .action(() =>
    withOperator(async ({ operator }) => {
      const [row] = await operator.asOwner<{ ended: boolean }>('select end_emergency() as ended');
      if (!row?.ended) throw new Error('There is no emergency.');
      await printEmergency(operator);
      await operator.read(printQueues);
    }),
  );

export const letInCommand = new Command('let-in')
  .description('let somebody without a second factor sign in, to set one up and nothing before')
  .requiredOption(
    '--email <email>',
    'theirs; be sure who asks: whoever has their password comes in',
  )
  .action(({ email }: { email: string }) =>
    withOperator(async ({ operator, services }) => {
      const cipher = createFieldCipher(services.encryptionKeys, services.blindIndexKey);
      const emailIndex = cipher.blindIndex(normalizeEmail(email));
      const [user] = await operator.read((em) =>
        em.execute<{ id: string }[]>('select id from users where email_index = ?', [emailIndex]),
      );
      if (!user) throw new Error(`Nobody has the email ${email}.`);
      const letIn = await operator.asOwner(
        `insert into operations.emergency_guests (emergency_id, user_id)
         select id, ? from present_emergency() on conflict do nothing returning user_id`,
        [user.id],
      );
      if (letIn.length === 0) throw new Error('There is no emergency, or they were let in before.');
      console.log(`${email} may sign in, and has to set a second factor up before anything else.`);
    }),
  );

/** Say whether there is an emergency. */
export async function printEmergency(operator: OperatorDatabase): Promise<void> {
  const [emergency] = await operator.asOwner<{
    reason: string;
    since: string;
    until: string | null;
  }>(`select reason, started_at as since, until from present_emergency()`);
  if (!emergency) return console.log(colored('green', 'There is no emergency.'));
  const { reason, since, until } = emergency;
  const end = until ? `until ${new Date(until).toISOString()}` : 'until `emergency off`';
  console.log(
    colored('red', `An emergency lasts, since ${ago(new Date(since))}, ${end}: ${reason}`),
  );
}
