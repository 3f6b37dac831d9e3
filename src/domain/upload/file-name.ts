import { badInput } from '../errors.ts';

/** No path, nothing that a terminal or a database would stumble over: a name is shown and saved, never opened. */
const unusable = /[\p{Cc}\p{Cf}/\\]|^\.{1,2}$/u;

/** @throws {DomainError} BAD_USER_INPUT: not a plain name of 1 to 255 characters. */
export function checkFileName(fileName: string): string {
  const name = fileName.toWellFormed().normalize('NFC').trim();
  if (name.length === 0 || name.length > 255 || unusable.test(name)) {
    const message = 'A file name has 1 to 255 characters, and no folders or control characters.';
    throw badInput(message, 'fileName');
  }
  return name;
}
