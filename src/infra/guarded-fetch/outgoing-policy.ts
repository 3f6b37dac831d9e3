/** Where a client may go, and how much it takes from there. */
export interface OutgoingPolicy {
  /**
   * `api.example.com`, `*.example.com` for what is below it, each with `:port` where it is not the scheme's own; ANY
   * where others say who is called.
   */
  hosts: readonly string[] | 'ANY';
  /** HTTPS alone where left out. */
  schemes?: readonly ('https:' | 'http:')[];
  /** Of a body, once it is unpacked. */
  mostBytes: number;
  /** From the first byte that is sent to the last that comes, redirects included. */
  timeoutMs: number;
  /** Addresses of this machine that may be reached all the same: for development and tests. */
  loopback?: readonly string[];
}

/** A request that is not made, or is broken off. It tells no address, since its words may reach who asked for it. */
export class RequestRefused extends Error {
  readonly reason: 'SCHEME' | 'HOST' | 'CREDENTIALS' | 'ADDRESS' | 'REDIRECTS' | 'SIZE' | 'TIME';

  constructor(reason: RequestRefused['reason']) {
    super(`The request was refused (${reason})`);
    this.reason = reason;
  }
}

/** @throws {RequestRefused} for an address that the policy does not name. */
export function checkUrl(url: URL, { hosts, schemes = ['https:'] }: OutgoingPolicy): void {
  if (!(schemes as readonly string[]).includes(url.protocol)) throw new RequestRefused('SCHEME');
  if (url.username || url.password) throw new RequestRefused('CREDENTIALS');
  if (hosts === 'ANY') return;
  // A name may end with a point, and is the same.
  const host = url.host.replace(/\.(?=:|$)/, '');
  const isNamed = hosts.some((each) =>
    each.startsWith('*.') ? host.endsWith(each.slice(1)) : host === each,
  );
  if (!isNamed) throw new RequestRefused('HOST');
}
