import { type LookupAddress, lookup as systemLookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { buildConnector } from 'undici';
import { RequestRefused } from './outgoing-policy.ts';
import { isPublicAddress } from './public-address.ts';

/** Finds all addresses of a name. */
export type ResolveName = (
  name: string,
  done: (error: Error | null, addresses: LookupAddress[]) => void,
) => void;

const resolveBySystem: ResolveName = (name, done) => systemLookup(name, { all: true }, done);

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
  resolve: ResolveName = resolveBySystem,
): buildConnector.connector {
  const isAllowed = (address: string) => isPublicAddress(address) || loopback.includes(address);
  const lookup: LookupFunction = (name, options, done) => {
    resolve(name, (error, addresses) => {
      if (error) return done(error, '', 0);
      const isRefused =
        addresses.length === 0 || !addresses.every((each) => isAllowed(each.address));
      if (isRefused) return done(new RequestRefused('ADDRESS'), '', 0);
      const [first] = addresses as [LookupAddress];
      return options.all ? done(null, addresses) : done(null, first.address, first.family);
    });
  };
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
