/**
 * One character as names are compared: NFKD without accents, without case (ß is ss, İ and ı are i), with one kind of apostrophe, dash
 * and space. An invisible character is nothing.
 */
export function foldCharacter(character: string): string {
  if (invisible.test(character)) return '';
  if (spaces.test(character)) return ' ';
  return character
    .normalize('NFKD')
    .replace(accents, '')
    .toLowerCase()
    .toUpperCase()
    .toLowerCase()
    .replace(accents, '')
    .replace(apostrophes, "'")
    .replace(dashes, '-')
    .replace(letters, (letter) => plain[letter] ?? letter)
    .normalize('NFC');
}

/** A name as it is compared, spaces at its ends left out. */
export function foldName(name: string): string {
  if (plainName.test(name)) return name.toLowerCase();
  return [...name].map(foldCharacter).join('').replace(/ +/g, ' ').trim();
}

/** What is folded to its own small letters. */
const plainName = /^[A-Za-z\d]+(?: [A-Za-z\d]+)*$/;
const accents = /[\u0300-\u036f]/gu;
/** Soft hyphens, joiners, marks of direction, byte order marks (Cf), variation selectors. */
const invisible = /^[\p{Cf}\p{Variation_Selector}]$/u;
const spaces = /^[\s\p{Cc}]$/u;
const apostrophes = /[\u2018\u2019\u201b\u02bc\u02b9\u00b4\u2032`]/gu;
const dashes = /[\u2010-\u2015\u2212\u00af]/gu;
const letters = /[øłđðæœ]/gu;
/** Letters with a stroke or in one, which NFKD leaves as they are. */
const plain: Record<string, string> = { ø: 'o', ł: 'l', đ: 'd', ð: 'd', æ: 'ae', œ: 'oe' };
