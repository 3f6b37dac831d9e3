import type { Letter, SecurityAlert } from '../../../domain/mail/letter.ts';
import { spellInstant, type WrittenLetter } from '../written-letter.ts';

interface Wording {
  subject: string;
  /** @param who the account, or a service token. */
  what(who: string): string;
  advice: string;
}

const wordings: Record<SecurityAlert, Wording> = {
  SIGN_IN_FAILED_REPEATEDLY: {
    subject: 'Failed sign-ins',
    what: (who) => `Signing in to ${who} failed more than five times within an hour.`,
    advice:
      'Ask whose account it is whether that was they. If it was not, somebody guesses: have them choose a new password and set up a second factor.',
  },
  REFRESH_REUSED: {
    subject: 'A session in two hands',
    what: (who) => `A token of a session of ${who} was used twice, so that the session was ended.`,
    advice:
      'Somebody may have copied it from the device. Ask whose account it is, end its other sessions, and have the device looked at.',
  },
  DOWNLOADS_UNUSUAL: {
    subject: 'Unusual downloads',
    what: (who) => `With ${who}, more was downloaded within an hour than is usual.`,
    advice:
      'Ask whether that was meant. If it was not, deactivate the user or revoke the service token; the audit log says what was taken.',
  },
};

export function writeSecurityAlert({
  event,
  organization,
  account,
  ip,
  at,
  timeZone,
}: Extract<Letter, { kind: 'SECURITY_ALERT' }>): WrittenLetter {
  const { subject, what, advice } = wordings[event];
  const who = account ? `the account ${account}` : 'a service token';
  const from = ip ? ` The last time it came from ${ip}.` : '';
  return {
    subject: `${subject} at ${organization}`,
    preview: what(who),
    paragraphs: [
      'Hello,',
      `${what(who)} That was at ${organization} on Mediagraph, ${spellInstant(at, timeZone)}.${from}`,
      advice,
    ],
    footnote:
      'You get this as an owner, once a day at most for one account. The audit log has each time.',
  };
}
