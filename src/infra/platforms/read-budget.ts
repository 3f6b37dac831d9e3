import type { BudgetNews } from '../../domain/report/report-platform.ts';

/** Farther off than that, no header is believed. */
const longestMs = 24 * 60 * 60_000;

/** What an answer's headers (`x-rate-limit-left`, `-reset-at`) say of the budget; null where they do not. */
export function readBudget(headers: Headers, now: Date): BudgetNews | null {
  const left = headers.get('x-rate-limit-left');
  const resetAt = readInstant(headers.get('x-rate-limit-reset-at'), now);
  if (left === null || !/^\d{1,9}$/.test(left) || !resetAt) return null;
  return { left: Number(left), resetAt };
}

/** When a call that came too often may be made again, by `Retry-After` or the rate limit's headers. */
export function readRetryAt(headers: Headers, now: Date): Date | null {
  return (
    readInstant(headers.get('retry-after'), now) ??
    readInstant(headers.get('x-rate-limit-retry-after'), now) ??
    readInstant(headers.get('x-rate-limit-reset-at'), now)
  );
}

/** Seconds from now, seconds or milliseconds since 1970, or a date in words or as ISO; null for none of these. */
function readInstant(text: string | null, now: Date): Date | null {
  if (!text) return null;
  const number = Number(text);
  const ms = Number.isNaN(number)
    ? Date.parse(text)
    : number > 1e11
      ? number
      : number > 1e9
        ? number * 1000
        : now.getTime() + number * 1000;
  const waitMs = ms - now.getTime();
  return waitMs >= 0 && waitMs <= longestMs ? new Date(ms) : null;
}
