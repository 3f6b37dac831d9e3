import type { IncomingMessage } from 'node:http';
import type { RequestHandler } from 'express';

/** What browsers' pages of the configured origins may send, and see of answers. */
const corsHeaders = {
  'access-control-allow-methods': 'GET, POST, PUT',
  'access-control-allow-headers': 'authorization, content-type, apollo-require-preflight',
  'access-control-expose-headers': 'retry-after, x-request-id',
  'access-control-max-age': '600',
};

/** Let the configured origins, and no other, call the API from a browser. */
export function allowOrigins(origins: readonly string[]): RequestHandler {
  return (request, response, next) => {
    // Caches must not give one origin's answer to another.
    response.vary('origin');
    const origin = request.get('origin');
    if (!origin || !origins.includes(origin)) return next();
    response.set({ 'access-control-allow-origin': origin, ...corsHeaders });
    if (request.method !== 'OPTIONS') return next();
    response.sendStatus(204);
  };
}

/**
 * Whether a WebSocket may be opened: CORS does not keep browsers from opening them for any page. Programs send no
 * origin; pages of this server itself, such as the IDE, are at home.
 */
export function mayOpenSocket(
  origins: readonly string[],
  { headers }: Pick<IncomingMessage, 'headers'>,
): boolean {
  const { origin, host } = headers;
  if (origin === undefined || origins.includes(origin)) return true;
  return URL.canParse(origin) && new URL(origin).host === host;
}
