import { z } from 'zod';
import { databaseNow } from '../domain/database-clock.ts';
import { endMail, reopenMail } from '../domain/mail/end-mail.ts';
import { Mail } from '../domain/mail/mail.entity.ts';
import type { SealedLetter } from '../domain/mail/queue-mail.ts';
import { defineJob, FinalJobError } from './define-job.ts';

/** Shorter than a transaction may be idle: while the server is talked to, the run is held. */
const longestTalkMs = 40_000;

/**
 * Send one mail.
 *
 * The server is talked to in a transaction that holds the run, so that no other worker talks to it meanwhile, and the
 * row says SENT exactly where that transaction commits. A worker that dies after the server's yes and before the commit
 * leaves a mail that is sent once more: a link that never came would be worse than one that comes twice. Both have one
 * Message-ID and one link.
 *
 * @throws {FinalJobError} the server refuses it for good; everything else is retried.
 */
export const sendMail = defineJob({
  name: 'send-mail',
  queue: 'mail',
  payload: z.object({ mailId: z.uuid() }),
  // Over an hour and a half: servers that ask to come again do so within minutes, one that is down takes longer.
  attempts: 12,
  timeoutMs: 50_000,
  backoffMs: 15_000,

  async process({ mailId }, { write, cipher, mailer, signal, log }) {
    await write(async (em) => {
      const mail = await em.findOneOrFail(Mail, mailId);
      if (mail.status !== 'QUEUED' || !mail.letterCiphertext) {
        return log.info({ mailId, status: mail.status }, 'nothing to send');
      }
      const { to, letter } = JSON.parse(cipher.decrypt(mail.letterCiphertext)) as SealedLetter;
      if ('expiresAt' in letter && new Date(letter.expiresAt) <= (await databaseNow(em))) {
        log.warn({ mailId }, 'mail not sent: its link has expired');
        return endMail(em, mailId, 'CANCELLED');
      }
      const patience = AbortSignal.any([signal, AbortSignal.timeout(longestTalkMs)]);
      const outcome = await mailer.send({ id: mailId, to, letter }, patience);
      if (outcome.status === 'REFUSED') {
        const message = `The mail server refuses the mail for good (${outcome.code})`;
        throw new FinalJobError(message, 'UPSTREAM_FAILED');
      }
      if (outcome.status === 'DEFERRED') {
        throw new Error(`The mail server does not take the mail now (${outcome.code})`);
      }
      await endMail(em, mailId, 'SENT');
    });
  },

  async onEnd(em, { mailId }, { status, errorMessage }) {
    if (status !== 'SUCCEEDED') await endMail(em, mailId, 'FAILED', errorMessage);
  },
  onRetry: (em, { mailId }) => reopenMail(em, mailId),
});
