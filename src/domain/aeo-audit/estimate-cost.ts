import type { LocalDate } from '../calendar.ts';
import type { AnswerPlatformName, AnswerUsage } from './answer-platform.ts';
import { costOf, priceAt, sumCosts } from './prices.ts';

/** What is expected of one answer; a mean need not be whole. */
export type ExpectedUsage = Pick<AnswerUsage, 'inputTokens' | 'outputTokens' | 'searches'>;

/** What is to be asked. */
export interface AuditPlan {
  questions: number;
  /** Each is asked every question. */
  platforms: readonly { platform: AnswerPlatformName; model: string; expected: ExpectedUsage }[];
  repetitions: number;
  /** Whose prices are taken. */
  date: LocalDate;
}

/** What asking one platform takes. */
export interface PlatformEstimate {
  platform: AnswerPlatformName;
  model: string;
  calls: number;
  inputTokens: number;
  outputTokens: number;
  searches: number;
  /** In US dollars, exact; null where the price is not known. */
  cost: string | null;
  /** Why there is no cost. */
  unpriced: string | null;
}

/** What an audit takes, of each platform and in all. */
export interface CostEstimate
  extends Pick<PlatformEstimate, 'calls' | 'inputTokens' | 'outputTokens' | 'searches'> {
  platforms: PlatformEstimate[];
  /** In US dollars, exact; null where the price of any model is not known. */
  cost: string | null;
}

/**
 * What an answer takes until answers were measured, as a round guess: what a search finds is read as input, and more
 * of it by some than by others.
 */
export function guessUsage(
  platform: AnswerPlatformName,
  { webSearch, maxOutputTokens }: { webSearch: boolean; maxOutputTokens: number },
): ExpectedUsage {
  const found = { OPENAI: 9_000, ANTHROPIC: 12_000, PERPLEXITY: 4_000, GEMINI: 0 }[platform];
  return {
    inputTokens: 40 + (webSearch ? found : 0),
    outputTokens: Math.min(800, maxOutputTokens),
    searches: webSearch ? (platform === 'GEMINI' ? 2 : 1) : 0,
  };
}

/** What an audit would take, before anything is asked. */
export function estimateCost({
  questions,
  platforms: asked,
  repetitions,
  date,
}: AuditPlan): CostEstimate {
  const calls = questions * repetitions;
  const platforms = asked.map(({ platform, model, expected }): PlatformEstimate => {
    const price = priceAt({ platform, model }, date);
    const total = {
      inputTokens: Math.ceil(expected.inputTokens * calls),
      outputTokens: Math.ceil(expected.outputTokens * calls),
      searches: Math.ceil(expected.searches * calls),
    };
    return {
      ...{ platform, model, calls, ...total },
      cost: price && costOf({ ...total, cachedInputTokens: 0 }, price, calls),
      unpriced: price ? null : `No price of ${model} is known for ${date}.`,
    };
  });
  const sum = (key: 'calls' | 'inputTokens' | 'outputTokens' | 'searches') =>
    platforms.reduce((total, each) => total + each[key], 0);
  const costs = platforms.map(({ cost }) => cost);
  return {
    platforms,
    calls: sum('calls'),
    inputTokens: sum('inputTokens'),
    outputTokens: sum('outputTokens'),
    searches: sum('searches'),
    cost: costs.every((cost) => cost !== null) ? sumCosts(costs) : null,
  };
}
