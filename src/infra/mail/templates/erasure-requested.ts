import type { Letter } from '../../../domain/mail/letter.ts';
import { type Links, spellInstant, type WrittenLetter } from '../written-letter.ts';

export function writeErasureRequested(
  letter: Extract<Letter, { kind: 'ERASURE_REQUESTED' }>,
  links: Links,
): WrittenLetter {
  const { client, organization, dueAt, timeZone } = letter;
  const what = client === null ? 'Your account' : `The client ${client}, with all its data,`;
  return {
    subject: `Data in ${organization} will be erased`,
    preview: `${what} is to be erased.`,
    paragraphs: [
      'Hello,',
      `${what} is to be erased from ${organization} on Mediagraph, for good.`,
      `Until ${spellInstant(dueAt, timeZone)} this can be cancelled; afterwards nothing of it can be brought back.`,
    ],
    action: { label: 'See what is to be erased', url: links.listErasures() },
    footnote: 'If you did not expect this, cancel it and change your password.',
  };
}
