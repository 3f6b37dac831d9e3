import { type AddProblem, clip } from './row-problem.ts';

const longest = 255;

/**
 * Check a name. @returns it trimmed, composed (NFC) and with its inner spaces folded: how names are kept and,
 * without case, compared.
 */
export function checkName(field: string, text: string | undefined, add: AddProblem): string {
  if (text !== undefined && isPlain(text)) return text;
  const name = (text ?? '').normalize('NFC').trim().replaceAll(/\s+/g, ' ');
  if (!name) add('REQUIRED', `${field} is missing`);
  else if (name.includes('\0')) add('HAS_NUL', `${field} has a NUL character`);
  else if (name.length > longest && [...name].length > longest) {
    add('NAME_TOO_LONG', `${field} has ${[...name].length} characters, more than ${longest}`);
  } else if (/^[0-9](\.[0-9]+)?E\+[0-9]{2,}$/i.test(name)) {
    add('ROUNDED_ID', `${field} "${clip(name)}" is a number that a spreadsheet has rounded`);
  } else if (/^(=|#(N\/A|REF!|VALUE!|DIV\/0!|NAME\?|NULL!|NUM!)$)/.test(name)) {
    add('NO_VALUE', `${field} "${clip(name)}" is a formula or its error, not a value`);
  }
  return name;
}

/** Whether it needs no second look, as most names: ASCII with single spaces within, from a letter on. */
function isPlain(text: string): boolean {
  const { length } = text;
  if (length === 0 || length > longest) return false;
  let before = space;
  for (let index = 0; index < length; index++) {
    const code = text.charCodeAt(index);
    if (code < space || code > 0x7e || (code === space && before === space)) return false;
    before = code;
  }
  return before !== space && text.charCodeAt(0) >= 0x41;
}

const space = 0x20;
