import { Agent, type Dispatcher, request as send } from 'undici';
import { guardedConnector } from './guarded-connector.ts';
import type { ResolveName } from './guarded-lookup.ts';
import { limitBody } from './limit-body.ts';
import { checkUrl, type OutgoingPolicy, RequestRefused } from './outgoing-policy.ts';
import { packings } from './unpack-body.ts';

const mostRedirects = 5;
/** What another origin may be told of a request that was meant for the one before. */
const harmlessHeaders = ['accept', 'accept-language', 'user-agent'];

/** What is sent where the caller says nothing else. */
const usualHeaders = {
  accept: '*/*',
  'accept-encoding': packings,
  'user-agent': 'mediagraph',
};

/** A request as it is made at one hop. */
interface Hop {
  url: URL;
  method: string;
  headers: Headers;
  body: ArrayBuffer | null;
}

/** A `fetch` that goes only where a policy lets it, on every hop. */
export interface GuardedFetch {
  /** @throws {RequestRefused}; as `fetch` does otherwise. */
  fetch: typeof fetch;
  close(): Promise<void>;
}

/**
 * Open the only way by which the product calls addresses that it was told.
 *
 * Each hop of a redirect is checked as the first was: its scheme and host by name before it is asked for, its address
 * where it is connected to.
 *
 * @param resolve finds a name's addresses; the system does where it is left out.
 */
export function createGuardedFetch(policy: OutgoingPolicy, resolve?: ResolveName): GuardedFetch {
  const { timeoutMs, mostBytes, loopback = [] } = policy;
  const agent = new Agent({
    connect: guardedConnector(loopback, timeoutMs, resolve),
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
  });
  const ask = ({ url, method, headers, body }: Hop, signal: AbortSignal) =>
    send(url, {
      ...{ method: method as 'GET', headers: { ...usualHeaders, ...Object.fromEntries(headers) } },
      ...{ body: body && new Uint8Array(body), signal, dispatcher: agent },
    });

  const guarded: typeof fetch = async (input, init) => {
    // To make one anew, as of an address, takes as long as the rest of this.
    const isMade = input instanceof Request && Object.keys(init ?? {}).length === 0;
    const request = isMade ? input : new Request(input, init);
    const late = AbortSignal.timeout(timeoutMs);
    const signal = AbortSignal.any([request.signal, late]);
    const told = (error: unknown) => reasonOf(error, request.signal, late);
    try {
      const body = request.body && (await request.arrayBuffer());
      const { method, headers } = request;
      let hop: Hop = { url: new URL(request.url), method, headers, body };
      for (let hops = 0; hops <= mostRedirects; hops += 1) {
        checkUrl(hop.url, policy);
        const response = await ask(hop, signal);
        const next = request.redirect === 'follow' && nextHop(hop, response);
        if (!next) return await limitBody(response, hop.url, { mostBytes, told });
        await response.body.dump();
        hop = next;
      }
      throw new RequestRefused('REDIRECTS');
    } catch (error) {
      throw told(error);
    }
  };
  return { fetch: guarded, close: () => agent.destroy() };
}

/** What to ask for where a response redirects. */
function nextHop(
  hop: Hop,
  { statusCode: status, headers: { location } }: Dispatcher.ResponseData,
): Hop | undefined {
  if (![301, 302, 303, 307, 308].includes(status)) return undefined;
  if (typeof location !== 'string' || location === '') return undefined;
  const url = new URL(location, hop.url);
  if (hop.url.protocol === 'https:' && url.protocol !== 'https:')
    throw new RequestRefused('SCHEME');
  const isKept = status === 307 || status === 308 || ['GET', 'HEAD'].includes(hop.method);
  const isSameOrigin = url.origin === hop.url.origin;
  if (isKept && hop.body && !isSameOrigin) throw new RequestRefused('REDIRECTS');
  const kept = [...hop.headers].filter(
    ([name]) =>
      harmlessHeaders.includes(name) || (isSameOrigin && (isKept || !name.startsWith('content-'))),
  );
  return {
    url,
    method: isKept ? hop.method : 'GET',
    headers: new Headers(kept),
    body: isKept ? hop.body : null,
  };
}

/** What was refused is told as such, however deep in a failure of the connection it lies; others as `fetch` does. */
function reasonOf(error: unknown, asked: AbortSignal, late: AbortSignal): unknown {
  if (late.aborted) return new RequestRefused('TIME');
  for (let each = error; each instanceof Error; each = each.cause) {
    if (each instanceof RequestRefused) return each;
  }
  return asked.aborted ? asked.reason : new TypeError('fetch failed', { cause: error });
}
