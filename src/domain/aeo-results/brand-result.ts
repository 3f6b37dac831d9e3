import type { AuditedBrand } from '../brand/audited-profile.ts';
import { type Proportion, proportion } from './proportion.ts';

/** What was counted of a brand. */
export interface BrandTally {
  brandId: string;
  /** Answers that mention it, and how often they do together. */
  mentioning: number;
  mentions: number;
  /** Answers of platforms that may search the web, and that cite a domain of it. */
  citing: number;
  position: number | null;
  positions: number;
  sentiment: number | null;
  sentiments: number;
  positive: number;
  neutral: number;
  negative: number;
  mixed: number;
  ungraded: number;
  graders: string[];
}

/** A mean, and of how many answers. */
export interface Mean {
  /** Null of nothing. */
  value: number | null;
  count: number;
}

/** How answers speak of a brand: -1 to 1, over those that are graded, and how many do in which way. */
export interface SentimentResult extends Mean {
  positive: number;
  neutral: number;
  negative: number;
  mixed: number;
  /** In languages that are not graded: they are in none of the others. Null, as `graders`, in figures that were kept before that was told. */
  ungraded: number | null;
  /** What graded, with its version. */
  graders: string[] | null;
}

/** What answers say of one brand. Source: domain.md, section 6; formats.md, section 8. */
export interface BrandResult {
  brandId: string;
  /** As it was when the audit began. */
  name: string;
  isOwn: boolean;
  /** Answers that mention it, of all that were given. */
  visibility: Proportion;
  /** Its mentions, of the mentions of all brands that are looked for. */
  shareOfVoice: Proportion;
  /** Answers that cite a domain of it, of those of platforms that may search the web. */
  citationRate: Proportion;
  /** From 1; of answers that mention it. */
  position: Mean;
  sentiment: SentimentResult;
}

/**
 * What was counted of brands as results, the client's own first; one that nothing says anything of has zeros.
 *
 * @param answered all answers that were given, and those of them by platforms that may search the web.
 */
export function resultsOf(
  brands: readonly AuditedBrand[],
  tallies: readonly BrandTally[],
  { answered, searching }: { answered: number; searching: number },
): BrandResult[] {
  const byId = new Map(tallies.map((tally) => [tally.brandId, tally]));
  const mentions = tallies.reduce((sum, tally) => sum + tally.mentions, 0);
  return brands.map(({ id, name, isOwn }) => {
    const tally = byId.get(id) ?? unsaid;
    const { positive, neutral, negative, mixed, ungraded, graders } = tally;
    return {
      ...{ brandId: id, name, isOwn },
      visibility: proportion(tally.mentioning, answered),
      shareOfVoice: proportion(tally.mentions, mentions),
      citationRate: proportion(tally.citing, searching),
      position: { value: tally.position, count: tally.positions },
      sentiment: {
        ...{ value: tally.sentiment, count: tally.sentiments },
        ...{ positive, neutral, negative, mixed, ungraded, graders },
      },
    };
  });
}

const unsaid: Omit<BrandTally, 'brandId'> = {
  ...{ mentioning: 0, mentions: 0, citing: 0, positions: 0, sentiments: 0 },
  ...{ position: null, sentiment: null, positive: 0, neutral: 0, negative: 0, mixed: 0 },
  ...{ ungraded: 0, graders: [] },
};
