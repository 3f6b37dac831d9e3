import { isIP } from 'node:net';
import type { Config } from '../../config-schema.ts';
import type {
  ReceiverAnswer,
  UrlRefusal,
  WebhookReceivers,
} from '../../domain/webhook/receivers.ts';
import { createGuardedFetch } from '../guarded-fetch/guarded-fetch.ts';
import type { ResolveName } from '../guarded-fetch/guarded-lookup.ts';
import { checkUrl, type OutgoingPolicy, RequestRefused } from '../guarded-fetch/outgoing-policy.ts';
import { isPublicAddress } from '../guarded-fetch/public-address.ts';

/** A receiver says yes at once, and works afterwards; of its answer the status alone is read. */
const limits = { mostBytes: 100_000, timeoutMs: 15_000 };

/**
 * The receivers of webhooks: any server of the open internet, over HTTPS, and the one that stands in for them here.
 *
 * @param resolve finds a name's addresses; the system does where it is left out.
 */
export function connectReceivers(
  { WEBHOOK_STAND_IN: standIn }: Pick<Config, 'WEBHOOK_STAND_IN'>,
  { timeoutMs = limits.timeoutMs, resolve }: { timeoutMs?: number; resolve?: ResolveName } = {},
): { receivers: WebhookReceivers; close(): Promise<void> } {
  const open: OutgoingPolicy = { ...limits, timeoutMs, hosts: 'ANY' };
  const local = standIn ? { ...open, ...placeOf(new URL(standIn)) } : open;
  const isLocal = (url: URL) => standIn !== undefined && url.origin === new URL(standIn).origin;
  const ways = { open: createGuardedFetch(open, resolve), local: createGuardedFetch(local) };

  const receivers: WebhookReceivers = {
    refusalOf: (url) => refusalOf(url, isLocal(url) ? local : open),
    async post(url, { headers, body }, signal) {
      const { fetch } = isLocal(new URL(url)) ? ways.local : ways.open;
      const enough = new AbortController();
      try {
        const { status } = await fetch(url, {
          ...{ method: 'POST', headers, body, redirect: 'manual' },
          signal: AbortSignal.any([signal, enough.signal]),
        });
        return { status, error: null };
      } catch (error) {
        signal.throwIfAborted();
        return { status: null, error: describe(error, timeoutMs) };
      } finally {
        // Of a body that is still coming nothing is wanted.
        enough.abort();
      }
    },
  };
  const close = async () => {
    await Promise.all([ways.open.close(), ways.local.close()]);
  };
  return { receivers, close };
}

/** It is on this machine, and not encrypted. */
function placeOf({ host, protocol }: URL): Partial<OutgoingPolicy> {
  return { hosts: [host], schemes: [protocol as 'http:'], loopback: ['127.0.0.1', '::1'] };
}

function refusalOf(url: URL, policy: OutgoingPolicy): UrlRefusal | null {
  try {
    checkUrl(url, policy);
  } catch (error) {
    return (error as RequestRefused).reason as UrlRefusal;
  }
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const isReachable = !isIP(host) || isPublicAddress(host) || policy.loopback?.includes(host);
  return isReachable ? null : 'ADDRESS';
}

/** Of a failure the code alone is told: it may know the request, and its headers. */
function describe(error: unknown, timeoutMs: number): NonNullable<ReceiverAnswer['error']> {
  if (error instanceof RequestRefused) {
    return error.reason === 'TIME'
      ? `The receiver did not answer within ${timeoutMs / 1000} s.`
      : 'The address leads to where nothing may be sent: a private network, or this machine.';
  }
  const { code } = ((error as Error).cause ?? error) as { code?: unknown };
  return `The receiver could not be reached${typeof code === 'string' ? ` (${code})` : ''}.`;
}
