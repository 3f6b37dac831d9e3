import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { createTransport } from 'nodemailer';
import type { Log } from '../../jobs/log.ts';
import type { Mailer } from '../../jobs/mailer.ts';
import { composeMail } from './compose.ts';
import type { MailConfig } from './mail-config.ts';

/** Puts mails into a folder, as `.eml` for programs for mail and as text to copy a link from, and says so in the log. */
export function createFileMailer(config: MailConfig, log: Log): Mailer {
  const transport = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });
  return {
    async send(mail) {
      const composed = await composeMail(mail, config);
      const { message } = await transport.sendMail(composed);
      // Only this user may read it: it opens what its reader may open. One that is sent twice is one file.
      await mkdir(config.folder, { recursive: true, mode: 0o700 });
      const kind = mail.letter.kind.toLowerCase().replaceAll('_', '-');
      const name = resolve(join(config.folder, `${kind}-${mail.id}`));
      const path = `${name}.eml`;
      await writeWhole(`${name}.txt`, composed.text);
      await writeWhole(path, message as Buffer);
      log.info({ subject: composed.subject, path }, 'mail written to a file');
      return { status: 'ACCEPTED' };
    },
  };
}

async function writeWhole(path: string, content: string | Buffer): Promise<void> {
  await writeFile(`${path}.part`, content, { mode: 0o600 });
  await rename(`${path}.part`, path);
}
