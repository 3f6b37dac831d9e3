import type { Span } from './brand.ts';
import { type Tally, tally } from './grade-sentiment.ts';
import { splitClauses } from './split-clauses.ts';

interface Named extends Span {
  readonly brandId: string;
}

/**
 * What is said of each mention: the words of its clause and of those that follow without naming another brand, in the sentence, in
 * sentences that go on with `it` or `they`, and below a heading or an item that is about it.
 *
 * Who is only compared with (`than X`, `unlike X`) gets nothing of that; questions grade nobody.
 * @param mentions in the order of the text
 * @param worths of the words of its language
 * @returns a tally for each mention, in the same order
 */
export function gradeMentions(
  text: string,
  sentences: readonly Span[],
  mentions: readonly Named[],
  worths: Grading['worths'],
): Tally[] {
  const grading: Grading = { text, mentions, worths, tallies: mentions.map(() => none) };
  let next = 0;
  let carried: readonly number[] = [];
  let subject: Subject | null = null;
  let lastEnd = 0;
  for (const sentence of sentences) {
    const within: number[] = [];
    while ((mentions[next]?.start ?? Number.POSITIVE_INFINITY) < sentence.end) within.push(next++);
    const opensLine = lastEnd === 0 || text.slice(lastEnd, sentence.start).includes('\n');
    lastEnd = sentence.end;
    if (within.length === 0 && carried.length === 0 && !subject) continue;
    if (opensLine) {
      carried = [];
      subject = concludes.test(text.slice(sentence.start, sentence.end))
        ? null
        : subjectFrom(grading, sentence, within, subject);
    }
    if (isQuestion(text, sentence)) continue;
    const continued = goesOn.test(text.slice(sentence.start, sentence.end)) || subject !== null;
    const before = carried.length > 0 && continued ? carried : (subject?.mentions ?? []);
    const owners = gradeSentence(grading, sentence, within, within.length > 0 ? [] : before);
    if (owners.length > 0) carried = owners;
  }
  return grading.tallies;
}

interface Grading {
  readonly text: string;
  readonly mentions: readonly Named[];
  readonly worths: ReadonlyMap<string, number>;
  readonly tallies: Tally[];
}

/** Mentions by their index that a heading or an item is about, and all below it. */
interface Subject {
  readonly depth: number;
  readonly mentions: readonly number[];
}

/** What a line is about: what it names first, if it is a heading or an item, else what is above it. */
function subjectFrom(
  { text, mentions }: Grading,
  sentence: Span,
  within: readonly number[],
  above: Subject | null,
): Subject | null {
  const depth = depthOf(text, sentence);
  if (depth < plainDepth && within.length > 0) {
    return { depth, mentions: ownersIn(text, mentions, within.slice(0, 1)) };
  }
  return above && depth <= above.depth ? null : above;
}

/**
 * Give what each clause says to whom it names, or to whom the clauses before were about. What comes before the first name is said of that.
 *
 * @returns whom the last clause was about
 */
function gradeSentence(
  { text, mentions, worths, tallies }: Grading,
  sentence: Span,
  within: readonly number[],
  before: readonly number[],
): readonly number[] {
  let owners = before;
  let unowned = none;
  for (const clause of splitClauses(text, sentence)) {
    const named = within.filter((index) => inside(mentions[index] as Named, clause));
    const places = named.map((index) => mentions[index] as Named);
    const said = tally(withoutNames(text, clause, places), worths);
    if (text.charAt(clause.start) === ';') unowned = none;
    const meant = ownersIn(text, mentions, named);
    if (meant.length > 0) owners = meant;
    unowned = sum(unowned, said);
    if (owners.length === 0) continue;
    for (const owner of owners) tallies[owner] = sum(tallies[owner] ?? none, unowned);
    unowned = none;
  }
  return owners;
}

/** The mentions that a clause is about: not those with which others are compared. */
function ownersIn(text: string, mentions: readonly Named[], named: readonly number[]): number[] {
  return named.filter((index) => {
    const { start } = mentions[index] as Named;
    return !compared.test(text.slice(Math.max(0, start - 40), start));
  });
}

/** How deep a line stands: a heading above items, these by their indent, and text deepest of all. */
function depthOf(text: string, { start, end }: Span): number {
  const begin = text.lastIndexOf('\n', start) + 1;
  const line = text.slice(begin, Math.min(end, begin + 200));
  if (/^\s*(?:#{1,6}\s|(?:\*\*|__)[^*_]+(?:\*\*|__)\s*$)/.test(line)) return 0;
  const indent = /^([ \t]*)(?:[-*+•|]|\d{1,3}[.)])/.exec(line)?.[1];
  return indent === undefined ? plainDepth : 1 + indent.length;
}

function isQuestion(text: string, { start, end }: Span): boolean {
  return /\?["'”’)*_\s]*$/.test(text.slice(Math.max(start, end - 12), end));
}

function withoutNames(text: string, clause: Span, named: readonly Span[]): string {
  let said = '';
  let from = clause.start;
  for (const { start, end } of named) {
    said += `${text.slice(from, start)} , `;
    from = Math.max(from, end);
  }
  return said + text.slice(from, clause.end);
}

const inside = ({ start }: Span, clause: Span) => start >= clause.start && start < clause.end;
const sum = (one: Tally, other: Tally): Tally => ({
  praise: one.praise + other.praise,
  blame: one.blame + other.blame,
});
const none: Tally = { praise: 0, blame: 0 };
const plainDepth = 1000;
const compared =
  /\b(?:than|unlike|versus|vs\.?|compared (?:with|to)|alternatives? to|rather than|instead of|over|contrast to|contrairement à(?: la)?|que|als)\s(?:the\s|using\s)?[*_"[]{0,3}$/i;
/** How a paragraph begins that sums up what is above it: it is about none of the items. */
const concludes =
  /^[\s*_#>]*(?:overall|in (?:summary|short|conclusion)|to sum up|all in all|ultimately|bottom line|insgesamt|fazit|zusammenfassend|en (?:résumé|conclusion|resumen|general)|globalement)(?!\p{L})/iu;
const goesOn =
  /\b(?:it|its|it's|they|their|them|this|these|the (?:platform|tool|app|company|brand|plugin|service|interface)|es|ihre?|il|elle|son|sa)\b/i;
