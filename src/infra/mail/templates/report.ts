import { toGlobalId } from '../../../domain/global-id.ts';
import type { Letter } from '../../../domain/mail/letter.ts';
import type { Links, WrittenLetter } from '../written-letter.ts';

export function writeReport(
  { organization, client, name, from, to, fileId }: Extract<Letter, { kind: 'REPORT' }>,
  links: Links,
): WrittenLetter {
  const days = from === to ? from : `${from} to ${to}`;
  return {
    subject: `${name}: ${client}, ${days}`,
    preview: `The report on ${days} is ready.`,
    paragraphs: [
      'Hello,',
      `The report "${name}" of ${organization} on ${client} was issued, for ${days}.`,
      'You will have to be signed in to open it.',
    ],
    action: { label: 'Open the report', url: links.openFile(toGlobalId('File', fileId)) },
    footnote: `You get this since the report goes to you. An administrator of ${organization} can change that.`,
  };
}
