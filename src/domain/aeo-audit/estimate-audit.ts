import type { LocalDate } from '../calendar.ts';
import type { AeoSettings } from './aeo-settings.ts';
import type { AnswerPlatformName } from './answer-platform.ts';
import {
  type CostEstimate,
  type ExpectedUsage,
  estimateCost,
  guessUsage,
} from './estimate-cost.ts';

/**
 * What asking so many questions is likely to take, by the prices of a day.
 *
 * @param measured what an answer took before; of other platforms it is a guess.
 */
export function estimateAudit(
  { platforms, repetitions, maxOutputTokens }: AeoSettings,
  questions: number,
  date: LocalDate,
  measured: ReadonlyMap<AnswerPlatformName, ExpectedUsage>,
): CostEstimate {
  return estimateCost({
    ...{ questions, repetitions, date },
    platforms: platforms.map(({ platform, model, webSearch }) => ({
      ...{ platform, model },
      expected: measured.get(platform) ?? guessUsage(platform, { webSearch, maxOutputTokens }),
    })),
  });
}
