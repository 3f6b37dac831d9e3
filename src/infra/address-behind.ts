import type { IncomingMessage } from 'node:http';

/**
 * Whom a request is from, as Express tells it, for what does not go through Express.
 *
 * @param proxies that are trusted: each adds to `X-Forwarded-For` whom it was asked by.
 */
export function addressBehind(
  proxies: number,
  { headers, socket }: Pick<IncomingMessage, 'headers' | 'socket'>,
): string | null {
  const forwarded = String(headers['x-forwarded-for'] ?? '').split(',');
  const hops = forwarded.map((each) => each.trim()).filter(Boolean);
  const nearestFirst = [...hops, socket.remoteAddress ?? ''].reverse();
  return nearestFirst[Math.min(proxies, nearestFirst.length - 1)] || null;
}
