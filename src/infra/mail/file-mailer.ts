import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { createTransport } from 'nodemailer';
import type { Log } from '../../jobs/log.ts';
import type { Mailer } from '../../jobs/mailer.ts';
import { composeMail } from './compose.ts';
import type { MailConfig } from './mail-config.ts';

/** Puts mails into a folder as `.eml`, which programs for mail open, and says so in the log. */
export function createFileMailer(config: MailConfig, log: Log): Mailer {
  const transport = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });
  return {
    async send(mail) {
      const composed = await composeMail(mail, config);
      const { message } = await transport.sendMail(composed);
      // Only this user may read it: it opens what its reader may open. One that is sent twice is one file.
      await mkdir(config.folder, { recursive: true, mode: 0o700 });
      const kind = mail.letter.kind.toLowerCase().replaceAll('_', '-');
      const path = resolve(join(config.folder, `${kind}-${mail.id}.eml`));
      await writeFile(`${path}.part`, message as Buffer, { mode: 0o600 });
      await rename(`${path}.part`, path);
      log.info({ subject: composed.subject, path }, 'mail written to a file');
      return { status: 'ACCEPTED' };
    },
  };
}
