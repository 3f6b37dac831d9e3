import type { WrittenLetter } from '../written-letter.ts';

export function writePasswordChanged(): WrittenLetter {
  return {
    subject: 'Your password for Mediagraph was changed',
    preview: 'Your password was changed by a link that we mailed you.',
    paragraphs: [
      'Hello,',
      'Your password for Mediagraph was just changed by a link that we mailed you.',
      'If that was you, all is well.',
    ],
    footnote:
      'If it was not you, somebody else reads your mails: secure your mailbox, then ask for a new password.',
  };
}
