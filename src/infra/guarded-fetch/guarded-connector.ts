import { isIP } from 'node:net';
import { buildConnector } from 'undici';
import { allowing, guardedLookup, type ResolveName } from './guarded-lookup.ts';
import { RequestRefused } from './outgoing-policy.ts';

/**
 * Connect to public addresses alone.
 *
 * A name is looked up once, and what is connected to is what was checked: a name that leads elsewhere the next time
 * gains nothing. One that leads to any other address at all is refused, since whoever made it so means no good.
 *
 * @param loopback addresses that may be reached all the same.
 */
export function guardedConnector(
  loopback: readonly string[],
  connectTimeoutMs: number,
  resolve?: ResolveName,
): buildConnector.connector {
  const isAllowed = allowing(loopback);
  const lookup = guardedLookup(isAllowed, resolve);
  const connect = buildConnector({ lookup, timeout: connectTimeoutMs });
  return (options, done) => {
    // An address is not looked up, so it is checked here.
    const host = options.hostname.replace(/^\[|\]$/g, '');
    if (isIP(host) && !isAllowed(host)) return done(new RequestRefused('ADDRESS'), null);
    return connect(options, (error, socket) => {
      if (error) return done(error, null);
      if (isAllowed(socket.remoteAddress ?? '')) return done(null, socket);
      socket.destroy();
      return done(new RequestRefused('ADDRESS'), null);
    });
  };
}
