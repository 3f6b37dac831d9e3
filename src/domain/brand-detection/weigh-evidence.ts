import type { Span } from './brand.ts';
import { isCalendarWord, isCommonWord } from './common-words.ts';
import type { NamedPlace } from './find-names.ts';
import { foldName } from './fold-character.ts';
import { isHan } from './word-boundary.ts';

/** What the rest of an answer says for a place being the brand. */
export interface Surroundings {
  readonly sentence: Span;
  /** A context word of the brand: in the same sentence, elsewhere in the answer, nowhere. */
  readonly context: 'SENTENCE' | 'ANSWER' | null;
  /** Another brand of the profile is named by a name that is no word. */
  readonly othersNamed: boolean;
  /** A domain of the brand is named or linked. */
  readonly domainNamed: boolean;
  /** The answer's sentences begin with small letters. */
  readonly casual: boolean;
}

/** Whether a spelling may be a word, an abbreviation or somebody's name just as well, so that what is around it decides. */
export function isAmbiguous(spelling: string): boolean {
  if (isHan(spelling)) return spelling.length <= 2;
  if (!/^[\p{Script=Latin}\p{N} '-]+$/u.test(spelling)) return false;
  return spelling.length <= 4 || spelling.split(/[ -]/).every(isCommonWord);
}

/**
 * How sure it is that an ambiguous place is the brand: a sum of hundredths, each for one thing that is seen.
 *
 * @returns from 0 to 0.99; what is written small, unlike the name, stays under any use
 */
export function weighAmbiguous(text: string, place: NamedPlace, around: Surroundings): number {
  const written = text.slice(place.start, place.end);
  const before = textBefore(text, place, around.sentence);
  const after = text.slice(place.end, place.end + farthest);
  const calendar = isCalendarWord(place.spelling);
  const opens = !/\p{L}/u.test(before);
  const called = opens || isTitle(text, around.sentence);
  let hundredths = startingWeight(written, place, called, around.casual);
  if (hundredths === 0 || (place.likeness < 1 && isCommonWord(place.spelling))) return 0.1;
  if (around.context) hundredths += around.context === 'SENTENCE' ? 30 : 15;
  if (around.othersNamed) hundredths += 15;
  if (around.domainNamed) hundredths += 25;
  if (opens && standsAlone.test(after)) hundredths += itemMark.test(before) ? 30 : 20;
  if (opens && goesOnAsName.test(after)) hundredths += itemMark.test(before) ? 25 : 15;
  if (!calendar && (/^['’]s\s/.test(after) || acts.test(after) || doesSomething.test(after)))
    hundredths += 35;
  else if (besideNames.test(after)) hundredths += 15;
  else if (opens && /^\s\p{Ll}/u.test(after)) hundredths -= 20;
  if (opens && /^, \p{Ll}/u.test(after) && isCommonWord(place.spelling)) hundredths -= 30;
  if (isWithinAnotherName(before)) hundredths -= 60;
  if (calendar && afterPreposition.test(before)) hundredths -= 40;
  return Math.max(0, Math.min(99, hundredths)) / 100;
}

/**
 * How sure it is that a name which is no word means the brand: as sure as its spelling, unless it is written small where the answer
 * else has capitals, or is the name of a person.
 */
export function weighPlain(text: string, place: NamedPlace, around: Surroundings): number {
  const written = text.slice(place.start, place.end);
  const before = textBefore(text, place, around.sentence);
  if (personal.test(before)) return 0.3;
  const small = written === written.toLowerCase() && written !== written.toUpperCase();
  if (!small || around.casual || place.name === place.name.toLowerCase() || before.endsWith('`')) {
    return place.likeness;
  }
  const noun = afterDeterminer.test(before) ? 20 : 0;
  return (50 + (around.context ? 20 : 0) - noun) / 100;
}

/** A capital that nothing but a name calls for is most of the proof; a short name that is no known word needs less of it. */
function startingWeight(
  written: string,
  { name, spelling }: NamedPlace,
  called: boolean,
  casual: boolean,
): number {
  const first = written.charAt(0);
  if (first.toLowerCase() === first.toUpperCase()) return isHan(written) ? 55 : 45;
  const word = spelling.length <= 3 || spelling.split(/[ -]/).every(isCommonWord);
  if (isSmaller(written, name)) return word || !casual ? 0 : 55;
  if (/^\p{Ll}/u.test(written)) return 45;
  if (isCalendarWord(spelling)) return 40;
  if (name.length <= 3 && name === name.toUpperCase()) return 55;
  if (called) return word ? 40 : 60;
  return 75;
}

/** Whether a word of the name is written small, unlike in the name. */
function isSmaller(written: string, name: string): boolean {
  const given = name.split(/[ -]/);
  return written
    .split(/[ -]/)
    .some((word, index) => /^\p{Ll}/u.test(word) && !/^\p{Ll}/u.test(given[index] ?? ''));
}

/** Whether a line is a heading or writes all of its words with capitals. */
function isTitle(text: string, sentence: Span): boolean {
  const line = text.slice(sentence.start, Math.min(sentence.end, sentence.start + farthest));
  if (/^\s*#{1,6}\s/.test(line)) return true;
  const words = line.match(/(?<!\p{L})\p{L}{4,}/gu) ?? [];
  return words.length > 3 && words.every((word) => /^\p{Lu}/u.test(word));
}

/** Whether the word before is a name that goes on here: Times Square, Harrison Ford, Cyber Monday. */
function isWithinAnotherName(before: string): boolean {
  const previous = /(\p{L}?.?)(?<![\p{L}\p{M}])(\p{Lu}[\p{Ll}\p{M}]+)\s$/u.exec(before);
  if (!previous) return false;
  const [, earlier, word = ''] = previous;
  const opens = earlier === '' && before.trim() === word;
  return (
    (!isCommonWord(foldName(word)) && !(opens && word.length < 5)) ||
    (!opens && word.length > 3 && !functionWord.test(word))
  );
}

function textBefore(text: string, { start }: Span, sentence: Span): string {
  return text.slice(Math.max(sentence.start, start - farthest), start);
}

/** Units around a place that are looked at, however long its sentence is. */
const farthest = 200;
const standsAlone = /^(?:[*_|\])]|\s*$|\n|:|\s[(|–—-])/u;
/** Verbs that only a name at the begin of a sentence can have behind it: `Apple makes`, but `Apple pie`. */
const acts =
  /^\s(?:also\s|now\s|still\s|already\s|recently\s)?(?:is|isn['’]t|was|has|had|does|doesn['’]t|will|can|remains|became|becomes|offers|gives|leads|says|said|provides|makes|made|lets|allows|charges|announced|sells|sold|launched|wins|won|works|uses|keeps|comes|stands|owns|runs|supports|costs|lacks|ranks|tends|claims|dropped|raised|cut|moved|acquired|bought|introduced|includes|focuses|competes|integrates|connects|syncs|streams|handles|scores|feels|looks|takes|adds|shines|falls|delivers|covers|serves|pays|accepts|operates|requires|gets|goes|holds|earns|faces|expects|needs|wants|aims|seems|suffered|plans|excels|beats|ist|hat|bietet|kostet|führt|est|propose|offre|es|tiene|ofrece)\s/u;
/** The same of any verb in the third person, told by what it is about; or in the past. */
const doesSomething =
  /^\s(?:\p{Ll}+s\s(?:an?|the|its|their|your|more|most|less|fewer|all|no|up|over|around|about|both|many|some|one|two|three|free|that|it|to)\s|\p{Ll}+s\s[\d$€£]|\p{Ll}{2,}ed\s)/u;
/** What a product of the brand is called by: `Square Online`, `Mobil 1`. */
const goesOnAsName = /^\s(?:\p{Lu}|\p{Ll}?\d)/u;
const itemMark = /^\s*(?:[-*+•|]|\d{1,3}[.)]|__)/;
const besideNames = /^(?:,| and| or| &|\/|, and) ?(?:\p{Lu}|\d)/u;
const functionWord = /^(?:The|And|With|From|Like|Than|Both|Only|While|When|Also|Best|About|Over)$/;
const afterPreposition =
  /\b(?:on|by|every|each|until|till|next|last|this|since|before|after)\s(?:\p{L}+\s)?$/iu;
const afterDeterminer =
  /\b(?:an?|the|your|our|my|their|his|her|its|each|every|this|that|some|any)\s$/i;
const personal = /\b(?:Mr|Mrs|Ms|Dr|Prof|Herr|Herrn|Frau|Monsieur|Madame|Señor|Señora)\.?\s$/u;
