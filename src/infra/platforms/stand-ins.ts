import type { OutgoingPolicy } from '../guarded-fetch/outgoing-policy.ts';

/** Who is called instead of platforms, by the source that each is: for development and tests. */
export function readStandIns(pairs: string | undefined): ReadonlyMap<string, string> {
  return new Map(pairs?.split(',').map((pair) => pair.split('=') as [string, string]));
}

/** An address, at who stands in for it where somebody does. */
export function addressAt(standIn: string | undefined, address: string): string {
  if (!standIn) return address;
  return `${new URL(standIn).origin}${new URL(address).pathname.replace(/\/$/, '')}`;
}

/** A stand-in is on this machine, and not encrypted. */
export function placesAt(
  standIn: string | undefined,
  hosts: string[],
): Pick<OutgoingPolicy, 'hosts' | 'schemes' | 'loopback'> {
  if (!standIn) return { hosts };
  const { host, protocol } = new URL(standIn);
  return { hosts: [host], schemes: [protocol as 'http:'], loopback: ['127.0.0.1', '::1'] };
}
