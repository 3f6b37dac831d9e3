import type { Letter } from '../../../domain/mail/letter.ts';
import { type Links, spellInstant, type WrittenLetter } from '../written-letter.ts';

export function writePasswordReset(
  letter: Extract<Letter, { kind: 'PASSWORD_RESET' }>,
  links: Links,
): WrittenLetter {
  const { isByAdmin, organization, token, expiresAt, timeZone } = letter;
  return {
    subject: 'Choose a new password for Mediagraph',
    preview: 'A link to choose a new password.',
    paragraphs: [
      'Hello,',
      isByAdmin
        ? `An administrator of ${organization} asks you to choose a new password for Mediagraph.`
        : 'Somebody, you we hope, asked for a new password for Mediagraph.',
      `The link works once, until ${spellInstant(expiresAt, timeZone)}. Until you use it, your password stays.`,
    ],
    action: { label: 'Choose a new password', url: links.resetPassword(token) },
    footnote: 'If you did not ask for this, do nothing: your password stays as it is.',
  };
}
