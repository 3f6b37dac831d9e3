import type { RateLimit } from '../rate-limit.ts';

/** How often links that set passwords may be asked for, whether or not there is such a user. */
export const resetLimits = {
  perAddress: { name: 'reset-address', points: 30, seconds: 60 * 60 },
  /** Of one email from one address: who floods it must not keep its owner, elsewhere, from asking. */
  perPair: { name: 'reset-pair', points: 5, seconds: 60 * 60 },
  perEmail: { name: 'reset-email', points: 20, seconds: 60 * 60 },
} satisfies Record<string, RateLimit>;

/** How many mails an organization may have sent to people: invitations, and links that administrators ask for. */
export const mailLimit: RateLimit = {
  name: 'mails-organization',
  points: 200,
  seconds: 24 * 60 * 60,
};

/** How often links may be tried: they cannot be guessed, but each try costs a look-up. */
export const linkLimit: RateLimit = { name: 'link-address', points: 60, seconds: 15 * 60 };
