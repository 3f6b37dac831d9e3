import { createTransport } from 'nodemailer';
import type { Mailer, MailOutcome } from '../../jobs/mailer.ts';
import { composeMail } from './compose.ts';
import type { MailConfig } from './mail-config.ts';

/** Where a no is about the mail or its recipient, and not about our way to the server, into it, or who sends. */
const aboutTheMail = ['RCPT TO', 'DATA'];

/** Each wait within a talk to the server; the whole of it is limited by its caller. */
const patienceMs = 15_000;

type SmtpConfig = Pick<MailConfig, 'requiresTls'> & { smtpUrl: string };

/** Hands mails to an SMTP server, on a connection for each. */
export function createSmtpMailer(config: MailConfig & SmtpConfig): Mailer {
  const transport = openTransport(config);
  return {
    async send(mail, signal) {
      const message = await composeMail(mail, config);
      signal.throwIfAborted();
      try {
        await transport.sendMail({ ...message, signal });
        return { status: 'ACCEPTED' };
      } catch (error) {
        return outcomeOf(error);
      }
    },
  };
}

/** Sign in to an SMTP server as sending would. @throws {Error} what is wrong. */
export async function probeMailServer(config: SmtpConfig): Promise<void> {
  await openTransport(config).verify();
}

function openTransport({ smtpUrl, requiresTls }: SmtpConfig) {
  const url = new URL(smtpUrl);
  return createTransport({
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port) || (url.protocol === 'smtps:' ? 465 : 587),
    secure: url.protocol === 'smtps:',
    requireTLS: requiresTls,
    tls: { minVersion: 'TLSv1.2', rejectUnauthorized: requiresTls },
    ...(url.username && {
      auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) },
    }),
    connectionTimeout: patienceMs,
    greetingTimeout: patienceMs,
    socketTimeout: patienceMs,
    dnsTimeout: patienceMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
}

/** What is read of the failures of nodemailer. */
interface NodemailerError {
  code?: string;
  /** The SMTP command that was answered by it. */
  command?: string;
  responseCode?: number;
}

/** 5xx to the recipient or to the mail is final; a wrong password, a lost connection and 4xx are not. */
function outcomeOf(error: unknown): MailOutcome {
  const { code, command = '', responseCode } = error as NodemailerError;
  const isFinal = aboutTheMail.includes(command) && (responseCode ?? 0) >= 500;
  return {
    status: isFinal ? 'REFUSED' : 'DEFERRED',
    code: String(responseCode ?? code ?? 'UNKNOWN'),
  };
}
