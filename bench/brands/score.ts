import { detectBrands } from '../../src/domain/brand-detection/detect-brands.ts';
import type { LabelledAnswer } from './labels.ts';

/** How many of all were right. */
export interface Share {
  readonly right: number;
  readonly all: number;
}

/** What came of labelled answers. */
export interface Score {
  readonly answers: number;
  /** Mentions that were found, right where brand and span are those of a label. */
  readonly found: Share;
  /** Mentions that are labelled. */
  readonly expected: number;
  /** Brands of an answer of which it was told rightly whether it mentions them. */
  readonly mentioned: Share;
  /** Labels of brands whose mention was found: those in a language that is graded, and what these are worth. */
  readonly graded: Share;
  readonly sentiment: Share;
  readonly position: Share;
  readonly citations: Share;
  readonly noInformation: Share;
}

const kinds = [
  'found',
  'mentioned',
  'sentiment',
  'graded',
  'position',
  'citations',
  'noInformation',
] as const;
type Kind = (typeof kinds)[number];

/** Detect the brands of an answer, and count what is as it was labelled; `misses` says of the rest what it is. */
export function compareAnswer(answer: LabelledAnswer): { score: Score; misses: string[] } {
  const { noInformation, brands } = detectBrands(answer, answer.brands);
  const counts = Object.fromEntries(kinds.map((kind) => [kind, { right: 0, all: 0 }])) as Record<
    Kind,
    { right: number; all: number }
  >;
  const misses: string[] = [];
  const count = (kind: Kind, right: boolean, what: string) => {
    counts[kind].all += 1;
    if (right) counts[kind].right += 1;
    else misses.push(`${kind}: ${what}`);
  };
  count('noInformation', noInformation === answer.noInformation, `${noInformation}`);
  for (const finding of brands) {
    const { brandId, mentions, position, citations, sentiment } = finding;
    const label = answer.labels.get(brandId);
    const expected = answer.mentions.filter((mention) => mention.brandId === brandId);
    const isExpected = (found: { start: number; end: number }) =>
      expected.some(({ start, end }) => start === found.start && end === found.end);
    for (const mention of mentions) {
      count(
        'found',
        isExpected(mention),
        `${brandId} "${mention.text}" at ${mention.start} (${mention.confidence.toFixed(2)})`,
      );
    }
    for (const { start, end } of expected) {
      if (!mentions.some((mention) => mention.start === start && mention.end === end)) {
        misses.push(`missed: ${brandId} "${answer.text.slice(start, end)}" at ${start}`);
      }
    }
    count('mentioned', mentions.length > 0 === expected.length > 0, brandId);
    if (label?.sentiment && sentiment) {
      const isGraded = sentiment.label !== 'UNGRADED';
      const what = `${brandId} ${sentiment.label}, not ${label.sentiment}`;
      count('graded', isGraded, what);
      if (isGraded) count('sentiment', sentiment.label === label.sentiment, what);
    }
    const rank = position?.of === 'LIST' ? position.rank : undefined;
    if (label?.position !== undefined || rank !== undefined) {
      count('position', rank === label?.position, `${brandId} ${rank}, not ${label?.position}`);
    }
    if (label?.cited !== undefined || citations.length > 0) {
      count(
        'citations',
        citations.length === (label?.cited ?? 0),
        `${brandId} ${citations.length}`,
      );
    }
  }
  return { score: { answers: 1, expected: answer.mentions.length, ...counts }, misses };
}

/** The sum of several scores. */
export function sumScores(scores: readonly Score[]): Score {
  const sum = (pick: (score: Score) => number) =>
    scores.reduce((total, score) => total + pick(score), 0);
  const shares = Object.fromEntries(
    kinds.map((kind) => [
      kind,
      { right: sum((score) => score[kind].right), all: sum((score) => score[kind].all) },
    ]),
  ) as Record<Kind, Share>;
  return {
    answers: sum(({ answers }) => answers),
    expected: sum(({ expected }) => expected),
    ...shares,
  };
}

export function ratio({ right, all }: Share): number {
  return right / all;
}

export function percent(share: Share): string {
  return `${(100 * ratio(share)).toFixed(1)} % (${share.right} of ${share.all})`;
}
