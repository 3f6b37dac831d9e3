import { toGlobalId } from '../../../domain/global-id.ts';
import type { Letter } from '../../../domain/mail/letter.ts';
import { type Links, spellInstant, type WrittenLetter } from '../written-letter.ts';

export function writeFileReady(
  letter: Extract<Letter, { kind: 'FILE_READY' }>,
  links: Links,
): WrittenLetter {
  const { organization, client, fileName, fileId, expiresAt, timeZone } = letter;
  const what = client === null ? fileName : `${fileName} about ${client}`;
  return {
    subject: `${fileName} is ready`,
    preview: 'The file that you asked for can be fetched.',
    paragraphs: [
      'Hello,',
      `The file ${what}, which you asked for in ${organization} on Mediagraph, is ready.`,
      `It can be fetched until ${spellInstant(expiresAt, timeZone)}. You will have to be signed in.`,
    ],
    action: { label: 'Fetch the file', url: links.openFile(toGlobalId('File', fileId)) },
    footnote: 'If you did not ask for this, change your password and tell an administrator.',
  };
}
