import { randomUUID } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { FieldCipher } from '../encryption/field-cipher.ts';
import { checkEmail } from '../identity/check-email.ts';
import type { Letter } from './letter.ts';
import { Mail } from './mail.entity.ts';

/** What it takes to have a mail sent. */
export interface Postbox extends Pick<FieldCipher, 'encrypt'> {
  /** Have it sent once the transaction has committed. */
  post(mail: Mail): Promise<unknown>;
}

export interface NewMail {
  organizationId: string;
  aboutId: string;
  /** An email. */
  to: string;
  letter: Letter;
}

/** What a mail's `letterCiphertext` holds. */
export interface SealedLetter {
  to: string;
  letter: Letter;
}

/**
 * Have a mail sent. Recipient and content, and so the links in it, are stored encrypted, and no longer than until it
 * is sent; the job's payload names the row alone.
 *
 * @throws {DomainError} BAD_USER_INPUT for what is no email.
 */
export async function queueMail(
  em: EntityManager,
  postbox: Postbox,
  { organizationId, aboutId, to, letter }: NewMail,
): Promise<Mail> {
  const sealed: SealedLetter = { to: checkEmail(to), letter };
  const mail = em.create(Mail, {
    id: randomUUID(),
    organizationId,
    aboutId,
    kind: letter.kind,
    letterCiphertext: postbox.encrypt(JSON.stringify(sealed)),
  });
  await em.flush();
  await postbox.post(mail);
  return mail;
}
