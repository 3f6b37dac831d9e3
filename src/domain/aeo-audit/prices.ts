import type { LocalDate } from '../calendar.ts';
import { toBillionths, toDecimal } from '../exact.ts';
import type { AnswerPlatformName, AnswerUsage } from './answer-platform.ts';

/** What a model costs from a day on, in US dollars, as exact decimals. */
export interface ModelPrice {
  platform: AnswerPlatformName;
  model: string;
  /** The first day of the price, or the day on which it was seen. */
  from: LocalDate;
  /** For a million tokens. */
  input: string;
  output: string;
  /** For a million tokens that were cached; null where it is not known, and they cost what all do. */
  cachedInput: string | null;
  /** For each search on the web. */
  perSearch: string;
  /** For each question, beside all that. */
  perRequest: string;
  source: string;
}

/** What is in no row of its own. */
const usual = { cachedInput: null, perSearch: '0', perRequest: '0' } as const;
/** Fees of searches and of the chat completions, as the vendors' price pages had them in October 2026. */
const openai = { ...usual, platform: 'OPENAI', perSearch: '0.01' } as const;
const anthropic = { ...usual, platform: 'ANTHROPIC', perSearch: '0.01' } as const;
const gemini = { ...usual, platform: 'GEMINI', perSearch: '0.014' } as const;
const perplexity = {
  ...usual,
  platform: 'PERPLEXITY',
  source: 'docs.perplexity.ai, pricing, seen 2026-10-03',
} as const;
const flash = { ...gemini, model: 'gemini-3.6-flash', source: 'llm-kit usage-tab 1.2.0' } as const;

/**
 * Prices, by their days. A model's price stands until its next row. A vendor's announcement is no price before its
 * day comes; one that was called off is taken out.
 */
const prices: readonly ModelPrice[] = [
  {
    ...{ ...openai, model: 'gpt-6.1-terra', from: '2026-10-26' },
    ...{ input: '1', output: '5', source: 'TheKrush/PromptFuel v1.0.24' },
  },
  {
    ...{ ...openai, model: 'gpt-5.4-mini', from: '2026-08-05', input: '0.75', output: '4.5' },
    source: 'SergeevDmitry/llm-kit docs/provider-data/openai.json',
  },
  {
    ...{ ...anthropic, model: 'claude-sonnet-5-5', from: '2026-09-28' },
    ...{ input: '2', output: '10', source: 'TheKrush/PromptFuel v1.0.22' },
  },
  {
    ...{ ...anthropic, model: 'claude-haiku-5-5', from: '2026-10-07' },
    ...{ input: '0.1', output: '0.5', source: 'TheKrush/PromptFuel v1.0.23' },
  },
  // Until the end of the year at half the price.
  { ...flash, from: '2026-09-07', input: '0.75', output: '3.75' },
  { ...flash, from: '2027-01-01', input: '1.5', output: '7.5' },
  {
    ...{ ...perplexity, model: 'perplexity/sonar', from: '2026-10-03' },
    ...{ input: '0.25', output: '2.5', cachedInput: '0.0625', perSearch: '0.0025' },
  },
  // Of the chat completions, with a search of low context; since when is not known.
  {
    ...{ ...perplexity, model: 'sonar', from: '2025-01-01' },
    ...{ input: '1', output: '1', perRequest: '0.005' },
  },
  {
    ...{ ...perplexity, model: 'sonar-pro', from: '2025-01-01' },
    ...{ input: '3', output: '15', perRequest: '0.006' },
  },
];

/**
 * What a model costs on a day.
 *
 * A version of a model (`gpt-5.4-mini-2026-03-17`, `claude-haiku-5-5-20261001`) costs what the model does, unless it
 * has a price of its own.
 *
 * @returns null where that is not known: no price is not the price zero.
 */
export function priceAt(
  { platform, model }: Pick<ModelPrice, 'platform' | 'model'>,
  date: LocalDate,
): ModelPrice | null {
  const unversioned = model.replace(/-(\d{4}-\d{2}-\d{2}|20\d{6})$/, '');
  for (const name of new Set([model, unversioned])) {
    const latest = prices
      .filter((each) => each.platform === platform && each.model === name && each.from <= date)
      .reduce<ModelPrice | null>(
        (last, each) => (last && last.from > each.from ? last : each),
        null,
      );
    if (latest) return latest;
  }
  return null;
}

/** @returns what answers that took so much cost, in US dollars, exact. */
export function costOf(
  usage: Omit<AnswerUsage, 'reasoningTokens'>,
  price: ModelPrice,
  requests = 1,
): string {
  const { inputTokens, outputTokens, cachedInputTokens, searches } = usage;
  const cached = Math.min(cachedInputTokens, inputTokens);
  const perMillion =
    BigInt(inputTokens - cached) * toBillionths(price.input) +
    BigInt(cached) * toBillionths(price.cachedInput ?? price.input) +
    BigInt(outputTokens) * toBillionths(price.output);
  const each =
    BigInt(searches) * toBillionths(price.perSearch) +
    BigInt(requests) * toBillionths(price.perRequest);
  return toDecimal(perMillion + each * 1_000_000n, costDecimals);
}

/** A millionth of a price of 9 decimals. */
const costDecimals = 15;

/** @returns the sum of such costs. */
export function sumCosts(costs: readonly string[]): string {
  let sum = 0n;
  for (const cost of costs) sum += costUnits(cost);
  return toDecimal(sum, costDecimals);
}

/** An amount in units of its 15th decimal. */
export function costUnits(cost: string): bigint {
  const [whole = '0', fraction = ''] = cost.split('.');
  return BigInt(whole + fraction.padEnd(costDecimals, '0'));
}
