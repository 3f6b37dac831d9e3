import type { RateNews } from '../../domain/aeo-audit/answer-platform.ts';

/** Farther off than that, no header is believed. */
const longestMs = 24 * 60 * 60_000;
const unitMs: Record<string, number> = { h: 3_600_000, m: 60_000, s: 1_000, ms: 1 };

/** A length such as `20ms`, `8.64s` or `1m30s`, in milliseconds. */
export function readDuration(text: string | null | undefined): number | null {
  if (!text || !/^(\d+(\.\d+)?(ms|[hms]))+$/.test(text)) return null;
  let ms = 0;
  for (const [, number, unit = ''] of text.matchAll(/([\d.]+)(ms|[hms])/g)) {
    ms += Number(number) * (unitMs[unit] as number);
  }
  return believed(Math.ceil(ms));
}

/** What `retry-after-ms` or `Retry-After` (seconds, or a date) say, in milliseconds. */
export function readRetryAfter(headers: Headers, now: Date): number | null {
  const ms = headers.get('retry-after-ms');
  if (ms && /^\d+(\.\d+)?$/.test(ms)) return believed(Math.ceil(Number(ms)));
  const text = headers.get('retry-after');
  if (!text) return null;
  if (/^\d+(\.\d+)?$/.test(text)) return believed(Math.ceil(Number(text) * 1000));
  return believed(Date.parse(text) - now.getTime());
}

/** How long until what is used up is filled again. */
export function untilRefill(rate: RateNews | null, now: Date): number | null {
  const resets = [
    rate?.requestsRemaining === 0 ? rate.requestsResetAt : null,
    rate?.tokensRemaining === 0 ? rate.tokensResetAt : null,
  ];
  const waits = resets.flatMap((at) => (at ? [at.getTime() - now.getTime()] : []));
  return waits.length > 0 ? believed(Math.max(...waits)) : null;
}

/**
 * Read one set of rate headers.
 *
 * @param nameOf the header of a number or reset of what is limited.
 * @param readReset understands a reset.
 * @returns null where none is there.
 */
export function readRateHeaders(
  headers: Headers,
  nameOf: (what: 'limit' | 'remaining' | 'reset', of: 'requests' | 'tokens') => string,
  readReset: (text: string | null) => Date | null,
): RateNews | null {
  const number = (...name: Parameters<typeof nameOf>) => {
    const text = headers.get(nameOf(...name));
    return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : null;
  };
  const news: RateNews = {
    requestsLimit: number('limit', 'requests'),
    requestsRemaining: number('remaining', 'requests'),
    requestsResetAt: readReset(headers.get(nameOf('reset', 'requests'))),
    tokensLimit: number('limit', 'tokens'),
    tokensRemaining: number('remaining', 'tokens'),
    tokensResetAt: readReset(headers.get(nameOf('reset', 'tokens'))),
  };
  return Object.values(news).some((each) => each !== null) ? news : null;
}

/** An instant as RFC 3339 has it. */
export function readInstant(text: string | null): Date | null {
  const ms = text ? Date.parse(text) : Number.NaN;
  return Number.isNaN(ms) ? null : new Date(ms);
}

function believed(ms: number): number | null {
  return ms >= 0 && ms <= longestMs ? ms : null;
}
