import type { LocalDate } from '../calendar.ts';
import type { AeoSettings } from './aeo-settings.ts';
import { type CostEstimate, estimateCost, guessUsage } from './estimate-cost.ts';

/** What asking so many questions is likely to take, by the prices of a day. */
export function estimateAudit(
  { platforms, repetitions, maxOutputTokens }: AeoSettings,
  questions: number,
  date: LocalDate,
): CostEstimate {
  return estimateCost({
    ...{ questions, repetitions, date },
    platforms: platforms.map(({ platform, model, webSearch }) => ({
      ...{ platform, model },
      expected: guessUsage(platform, { webSearch, maxOutputTokens }),
    })),
  });
}
