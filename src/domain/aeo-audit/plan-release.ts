import type { Pace } from '../pacer.ts';
import type { AeoSettings } from './aeo-settings.ts';
import type { AnswerPlatformName } from './answer-platform.ts';
import type { PlatformStock, Stock } from './take-stock.ts';

/** What to release now. */
export type Release =
  /** The next questions, at all platforms that have some left. */
  | { kind: 'QUESTIONS'; questions: number; platforms: AnswerPlatformName[] }
  /** So many of each platform. */
  | { kind: 'ANSWERS'; byPlatform: Map<AnswerPlatformName, number> }
  /** Nothing for so long; null while the answers on their way decide. */
  | { kind: 'WAIT'; waitMs: number | null };

/** Source: seed 003, 4.1. */
const batchBounds = { least: 1, most: 100 };
/** How far ahead platforms get their questions. */
const aheadSeconds = 5;

/**
 * What of an audit is to be asked next, by its strategy.
 *
 * @param platforms at most so many platforms at once.
 */
export function planRelease(
  settings: Pick<AeoSettings, 'batchStrategy' | 'batchSize' | 'batchPauseSeconds'>,
  stock: Stock,
  paces: Record<AnswerPlatformName, Pace>,
  platforms: number,
): Release {
  const open = stock.platforms.filter(({ pending }) => pending > 0).slice(0, platforms);
  if (settings.batchStrategy === 'PLATFORM_OPTIMIZED') {
    const byPlatform = new Map<AnswerPlatformName, number>();
    for (const each of open) {
      const wanted = topUp(each, paces[each.platform], settings.batchSize);
      if (wanted > 0) byPlatform.set(each.platform, wanted);
    }
    return byPlatform.size > 0 ? { kind: 'ANSWERS', byPlatform } : { kind: 'WAIT', waitMs: null };
  }
  if (stock.platforms.some(({ released }) => released > 0)) return { kind: 'WAIT', waitMs: null };
  const pauseMs = settings.batchPauseSeconds * 1000;
  if (stock.idleMs !== null && stock.batchAnswers > 0 && stock.idleMs < pauseMs) {
    return { kind: 'WAIT', waitMs: Math.ceil(pauseMs - stock.idleMs) };
  }
  const questions =
    settings.batchStrategy === 'ADAPTIVE' ? adapt(stock, settings.batchSize) : settings.batchSize;
  return { kind: 'QUESTIONS', questions, platforms: open.map(({ platform }) => platform) };
}

/** A platform is given new questions before it has run out of them, and never more than it takes in a while. */
function topUp({ pending, released }: PlatformStock, pace: Pace, batchSize: number) {
  const window = Math.max(batchSize, Math.ceil((pace.perMinute / 60) * aheadSeconds));
  return released > window / 2 ? 0 : Math.min(pending, window - released);
}

/** Half as many after a batch of which more than a fifth failed, half as many again after one of which none did. */
function adapt({ batchQuestions, batchFailed, batchAnswers }: Stock, first: number): number {
  if (batchAnswers === 0) return first;
  const share = batchFailed / batchAnswers;
  const next = share > 0.2 ? batchQuestions / 2 : share > 0 ? batchQuestions : batchQuestions * 1.5;
  return Math.min(batchBounds.most, Math.max(batchBounds.least, Math.round(next)));
}
