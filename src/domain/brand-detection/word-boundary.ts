/** Whether two units that follow each other belong to one word, so that no name begins or ends between them. */
export function joins(before: number | undefined, after: number | undefined): boolean {
  if (before === undefined || after === undefined) return false;
  const kind = kindOf(after);
  return kind > unspaced && kind === kindOf(before);
}

/** Whether a name is of a script that has no case, and whose words stand beside each other without spaces. */
export function isHan(name: string): boolean {
  return /^\p{Script=Han}+$/u.test(name);
}

/** A unit is of no word, of a script without spaces between words, or of one of the scripts whose words are told apart. */
const unspaced = 1;
const kinds = [
  /[^\p{L}\p{N}\p{M}\u30fc]/u,
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/u,
  /[\p{Script=Katakana}\u30fc]/u,
  /\p{Script=Hangul}/u,
  /./su,
];

/** Kinds by unit, found out once each. */
const known = new Int8Array(0x10000).fill(-1);

function kindOf(unit: number): number {
  if (known[unit] === -1) {
    const character = String.fromCharCode(unit);
    known[unit] = kinds.findIndex((kind) => kind.test(character));
  }
  return known[unit] as number;
}
