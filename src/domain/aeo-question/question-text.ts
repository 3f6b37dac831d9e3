import { badInput } from '../errors.ts';
import { wordsOf } from './words.ts';

/** In characters. */
export const maxQuestionLength = 500;

/** Control characters, halves of characters, and what turns the direction of a text around. */
export const unprintable = /[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/u;

/** A text in NFC, trimmed, with single spaces; line breaks and tabs are spaces. */
export function spaced(text: string): string {
  return text.normalize('NFC').replaceAll(/\s+/gu, ' ').trim();
}

/**
 * A question as it is asked.
 *
 * @param name what the message calls it, such as "Question 3".
 * @throws {DomainError} BAD_USER_INPUT: it is empty, too long, or has characters that do not print.
 */
export function checkQuestionText(text: string, name: string, field: string): string {
  const checked = spaced(text);
  if (checked === '') throw badInput(`${name} is empty.`, field);
  if ([...checked].length > maxQuestionLength) {
    throw badInput(`${name} has more than ${maxQuestionLength} characters.`, field);
  }
  if (unprintable.test(checked)) {
    throw badInput(`${name} has control characters: remove them.`, field);
  }
  if (wordsOf(checked).length === 0) throw badInput(`${name} has no words.`, field);
  return checked;
}
