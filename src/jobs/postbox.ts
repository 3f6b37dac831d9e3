import type { FieldCipher } from '../domain/encryption/field-cipher.ts';
import type { Postbox } from '../domain/mail/queue-mail.ts';
import type { Outbox } from './enqueue.ts';
import { sendMail } from './send-mail.job.ts';

/** What has mails sent once a transaction has committed. */
export function openPostbox(
  cipher: Pick<FieldCipher, 'encrypt'>,
  outbox: Pick<Outbox, 'add'>,
): Postbox {
  return {
    encrypt: (plaintext) => cipher.encrypt(plaintext),
    post: ({ id: mailId, organizationId }) =>
      outbox.add(sendMail, { mailId }, { organizationId, clientId: null, priority: 9 }),
  };
}
