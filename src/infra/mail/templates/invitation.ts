import type { Letter } from '../../../domain/mail/letter.ts';
import { type Links, spellInstant, type WrittenLetter } from '../written-letter.ts';

const articles = {
  OWNER: 'an owner',
  ADMIN: 'an administrator',
  ANALYST: 'an analyst',
  CLIENT: 'a client',
};

export function writeInvitation(
  letter: Extract<Letter, { kind: 'INVITATION' }>,
  links: Links,
): WrittenLetter {
  const { organization, invitedBy, role, token, expiresAt, timeZone } = letter;
  const inviter = invitedBy ?? 'An administrator';
  return {
    subject: `Invitation to ${organization} on Mediagraph`,
    preview: `${inviter} invites you to join ${organization}.`,
    paragraphs: [
      'Hello,',
      `${inviter} invites you to join ${organization} on Mediagraph as ${articles[role]}.`,
      `The link works once, until ${spellInstant(expiresAt, timeZone)}.`,
    ],
    action: { label: 'Accept the invitation', url: links.acceptInvitation(token) },
    footnote:
      'If you did not expect this, do nothing: without the link, nobody joins in your name.',
  };
}
