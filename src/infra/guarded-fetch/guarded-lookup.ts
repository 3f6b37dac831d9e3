import { type LookupAddress, lookup as systemLookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { RequestRefused } from './outgoing-policy.ts';
import { isPublicAddress } from './public-address.ts';

/** Finds all addresses of a name. */
export type ResolveName = (
  name: string,
  done: (error: Error | null, addresses: LookupAddress[]) => void,
) => void;

const resolveBySystem: ResolveName = (name, done) => systemLookup(name, { all: true }, done);

/** Tells which addresses may be reached: public ones, and those that are named. */
export function allowing(loopback: readonly string[]): (address: string) => boolean {
  return (address) => isPublicAddress(address) || loopback.includes(address);
}

/** Look a name up for a connection; one that leads to any address that may not be reached is refused. */
export function guardedLookup(
  isAllowed: (address: string) => boolean,
  resolve: ResolveName = resolveBySystem,
): LookupFunction {
  return (name, options, done) => {
    resolve(name, (error, addresses) => {
      if (error) return done(error, '', 0);
      const isRefused =
        addresses.length === 0 || !addresses.every((each) => isAllowed(each.address));
      if (isRefused) return done(new RequestRefused('ADDRESS'), '', 0);
      const [first] = addresses as [LookupAddress];
      return options.all ? done(null, addresses) : done(null, first.address, first.family);
    });
  };
}
