import type { Letter } from '../../../domain/mail/letter.ts';
import type { WrittenLetter } from '../written-letter.ts';

export function writeBreachNotice({
  organization,
  subject,
  paragraphs,
}: Extract<Letter, { kind: 'BREACH_NOTICE' }>): WrittenLetter {
  return {
    subject,
    preview: `A security notice to the owners of ${organization}.`,
    paragraphs: [...paragraphs],
    footnote: `You get this as an owner of ${organization} on Mediagraph. We never ask for a password by mail.`,
  };
}
