import type { LocalDate } from '../calendar.ts';
import type { AeoSettings } from './aeo-settings.ts';
import type { AnswerPlatformName } from './answer-platform.ts';
import { guessUsage } from './estimate-cost.ts';
import { costOf, priceAt } from './prices.ts';

/** What a search finds is read as input, and nothing bounds it but the platform: so many times the usual is allowed for. */
const searchMargin = 3;

/**
 * US dollars that one answer of each platform may cost at most: all the output that is allowed, and three times the
 * usual input. None for a model without a price.
 */
export function ceilingsOf(
  { platforms, maxOutputTokens }: Pick<AeoSettings, 'platforms' | 'maxOutputTokens'>,
  date: LocalDate,
): Map<AnswerPlatformName, string> {
  const ceilings = new Map<AnswerPlatformName, string>();
  for (const { platform, model, webSearch } of platforms) {
    const price = priceAt({ platform, model }, date);
    if (!price) continue;
    const usual = guessUsage(platform, { webSearch, maxOutputTokens });
    const most = {
      inputTokens: usual.inputTokens * searchMargin,
      outputTokens: maxOutputTokens,
      cachedInputTokens: 0,
      searches: usual.searches * searchMargin,
    };
    ceilings.set(platform, costOf(most, price));
  }
  return ceilings;
}
