import type { Log } from '../../jobs/log.ts';
import type { Mailer } from '../../jobs/mailer.ts';
import { createFileMailer } from './file-mailer.ts';
import type { MailConfig } from './mail-config.ts';
import { createSmtpMailer } from './smtp-mailer.ts';

/** Sends mails by SMTP or, where no server is configured, puts them into a folder. */
export function createMailer(config: MailConfig, log: Log): Mailer {
  const { smtpUrl } = config;
  return smtpUrl ? createSmtpMailer({ ...config, smtpUrl }) : createFileMailer(config, log);
}
