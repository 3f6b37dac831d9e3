import type { Span } from './brand.ts';
import { indexAt } from './split-sentences.ts';

/** A stretch of an answer that shows a mention. */
export interface Context extends Span {
  readonly text: string;
}

/** The first sentences that name a brand, each once; of a long one what is around the mention. */
export function contextsOf(
  text: string,
  sentences: readonly Span[],
  mentions: readonly Span[],
  most: number,
): Context[] {
  const contexts: Context[] = [];
  let last = -1;
  for (const mention of mentions) {
    if (contexts.length >= most) break;
    const index = indexAt(sentences, mention.start);
    if (index === last) continue;
    last = index;
    const sentence = sentences[index] ?? mention;
    const start = Math.max(sentence.start, mention.start - around);
    const end = Math.min(sentence.end, mention.end + around);
    contexts.push({ start, end, text: text.slice(start, end) });
  }
  return contexts;
}

const around = 150;
