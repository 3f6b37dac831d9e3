import type { Letter } from '../domain/mail/letter.ts';

/** A mail as it is sent. */
export interface OutgoingMail {
  /** Of its row. The Message-ID is made of it, so that a mail that is sent twice is recognized as one. */
  id: string;
  /** An email. */
  to: string;
  letter: Letter;
}

/** What a mail server said: yes, not now, or never. Its words stay out, since they repeat addresses. */
export type MailOutcome =
  | { status: 'ACCEPTED' }
  | {
      status: 'DEFERRED' | 'REFUSED';
      /** The reply's code, such as 550, or that of a failed connection, such as ECONNREFUSED. */
      code: string;
    };

/** Writes mails and hands them to a mail server. */
export interface Mailer {
  /** @param signal gives up waiting for the server. */
  send(mail: OutgoingMail, signal: AbortSignal): Promise<MailOutcome>;
}
