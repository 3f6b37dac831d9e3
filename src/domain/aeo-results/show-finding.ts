import type { Span } from '../brand-detection/brand.ts';
import { contextsOf } from '../brand-detection/cut-contexts.ts';
import { splitSentences } from '../brand-detection/split-sentences.ts';
import type { AnswerFinding, FoundMention } from './read-findings.ts';

/** A mention with what stands there. */
export interface ShownMention extends FoundMention {
  text: string;
}

/** A stretch around a mention, with what stands there. */
export interface ShownContext extends Span {
  readonly text: string;
}

/** Where a brand is named in the text of an answer. */
export function showMentions(text: string, { mentions }: AnswerFinding): ShownMention[] {
  return mentions.map((mention) => ({ ...mention, text: text.slice(mention.start, mention.end) }));
}

/** The first sentences that name a brand, of long ones what is around it: whole words. */
export function showContexts(
  text: string,
  { mentions }: AnswerFinding,
  most: number,
): ShownContext[] {
  return contextsOf(text, splitSentences(text), mentions, most).map(({ start, end }) => {
    const mention = mentions.find((each) => each.start >= start && each.end <= end);
    const from = wholeFrom(text, start, mention?.start ?? end);
    const to = wholeTo(text, end, mention?.end ?? from);
    return { start: from, end: to, text: text.slice(from, to) };
  });
}

/** The first place at which a word begins, from where a cut may stand within one. */
function wholeFrom(text: string, start: number, atMost: number): number {
  const isCut = start > 0 && /\S/.test(text.charAt(start - 1));
  const passed = (isCut ? /^\S{0,40}\s+/ : /^\s+/).exec(text.slice(start, atMost));
  return start + (passed?.[0].length ?? brokenPair(text, start));
}

/** The last place after which a word ends. Languages without spaces are cut between characters. */
function wholeTo(text: string, end: number, atLeast: number): number {
  const isCut = /\S/.test(text.charAt(end));
  const passed = (isCut ? /\s+\S{0,40}$/ : /\s+$/).exec(text.slice(atLeast, end));
  return end - (passed?.[0].length ?? brokenPair(text, end));
}

/** 1 where a place lies within a character of two units. */
function brokenPair(text: string, at: number): number {
  return /[\uDC00-\uDFFF]/.test(text.charAt(at)) ? 1 : 0;
}
