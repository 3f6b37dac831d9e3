import type { SendMailOptions } from 'nodemailer';
import type { OutgoingMail } from '../../jobs/mailer.ts';
import { toHtml, toText } from './lay-out.ts';
import type { MailConfig } from './mail-config.ts';
import { writeLetter } from './write-letter.ts';
import { linksTo } from './written-letter.ts';

/** A mail in both parts, with its headers, as nodemailer takes it. */
export async function composeMail(
  { id, to, letter }: OutgoingMail,
  { from, appUrl }: Pick<MailConfig, 'from' | 'appUrl'>,
): Promise<SendMailOptions & { subject: string; text: string }> {
  const written = writeLetter(letter, linksTo(appUrl));
  const domain = /@([^\s>]+)>?$/.exec(from)?.[1] ?? 'localhost';
  const subject = checkHeader(onOneLine(written.subject));
  return {
    from: checkHeader(from),
    // As an address and not as a header's text, which could name more than one.
    to: { name: '', address: checkHeader(to) },
    subject,
    messageId: `<${id}@${domain}>`,
    text: toText(written),
    html: await toHtml(written),
    // Asks automatic answers not to come.
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

/** Names of organizations may hold line breaks; a subject has one line. */
function onOneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();
}

/** @throws {Error} for what would be more than one header. */
function checkHeader(value: string): string {
  if (/[\p{Cc}\u2028\u2029]/u.test(value)) throw new Error('A header has one line');
  return value;
}
