import { createHash } from 'node:crypto';
import { badInput } from '../errors.ts';
import { storableText } from '../storable-text.ts';

/** What owners are told of a breach. */
export interface BreachNotice {
  subject: string;
  paragraphs: string[];
  /** SHA-256 of its words, in base64url: spaces and line breaks within a paragraph make no other notice. */
  hash: string;
}

const longestSubject = 200;
const longestText = 20_000;

/**
 * Read a notice: its first line is the subject, and what follows are paragraphs, empty lines between them.
 *
 * @throws {DomainError} BAD_USER_INPUT for one without both, or too long.
 */
export function readBreachNotice(text: string): BreachNotice {
  const [subject = '', ...rest] = storableText(text).trim().split('\n');
  const paragraphs = rest
    .join('\n')
    .split(/\n\s*\n/)
    .map(onOneLine)
    .filter(Boolean);
  const words = [onOneLine(subject), ...paragraphs];
  if (paragraphs.length === 0) {
    throw badInput('A notice has a subject, its first line, and text after an empty line.');
  }
  if (subject.length > longestSubject) {
    throw badInput(`The subject, the first line, has at most ${longestSubject} characters.`);
  }
  if (text.length > longestText) {
    throw badInput(`A notice has at most ${longestText} characters.`);
  }
  const hash = createHash('sha256').update(words.join('\n\n')).digest('base64url');
  return { subject: onOneLine(subject), paragraphs, hash };
}

function onOneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}
