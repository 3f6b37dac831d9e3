import { foldName } from './fold-character.ts';
import type { FoldedText } from './fold-text.ts';
import { joins } from './word-boundary.ts';

/** What languages put at the end of a name without a sign between: an s, a case, a particle. */
const endings = [
  's', // English plurals, German genitives
  ...['а', 'у', 'е', 'ы', 'и', 'ом', 'ой'], // Russian cases
  ...[
    '은',
    '는',
    '이',
    '가',
    '을',
    '를',
    '의',
    '에',
    '에서',
    '와',
    '과',
    '도',
    '로',
    '으로',
    '만',
    '보다',
    '에게',
  ],
].map((ending) => [...foldName(ending)].map((unit) => unit.charCodeAt(0)));

/**
 * Whether a name's match ends where its word does, or a usual ending of the language later.
 *
 * @param end index of the unit after the match
 */
export function endsName({ units, length }: FoldedText, end: number): 'BOUNDARY' | 'ENDING' | null {
  const at = (index: number) => (index < length ? units[index] : undefined);
  if (!joins(at(end - 1), at(end))) return 'BOUNDARY';
  const ending = endings.some(
    (each) =>
      each.every((unit, index) => at(end + index) === unit) &&
      !joins(at(end + each.length - 1), at(end + each.length)),
  );
  return ending ? 'ENDING' : null;
}
