import { foldName } from './fold-character.ts';

/** Names longer than this are no names. */
const longestName = 100;

/**
 * How a name may be spelt, folded: with and without its apostrophes, umlauts, its last exclamation mark, and with its words joined by a space, a hyphen or
 * nothing (T-Mobile, T Mobile, TMobile). Names of letters around a sign (AT&T) also with spaces around it, and as HTML.
 *
 * @returns none of a name without a letter or digit, or of over 100 characters
 */
export function spellingsOf(name: string): string[] {
  const folded = foldName(name);
  if (folded.length > longestName || !/[\p{L}\p{N}]/u.test(folded)) return [];
  const spellings = new Set([
    folded,
    folded.replaceAll("'", ''),
    folded.replace(/!$/, ''),
    foldName(withoutUmlauts(name)),
  ]);
  const words = folded.split(/[ -]/).filter(Boolean);
  if (words.length > 1) {
    for (const joint of [' ', '-']) spellings.add(words.join(joint));
    const joined = words.join('');
    if (joined.length >= shortestJoined) spellings.add(joined);
  }
  for (const spelling of [...spellings].filter((each) => each.includes('&'))) {
    const sides = spelling.split('&').map((side) => side.trim());
    for (const sign of ['&', ' & ', '&amp;', ' &amp; ']) spellings.add(sides.join(sign));
  }
  return [...spellings].filter((spelling) => spelling !== '' && spelling.length <= longestName);
}

/** As German is written where there are no umlauts. */
function withoutUmlauts(name: string): string {
  return name.normalize('NFC').replace(/[äöüÄÖÜ]/g, (letter) => `${foldName(letter)}e`);
}

/** Below, words without what is between them are too likely another word. */
const shortestJoined = 6;
