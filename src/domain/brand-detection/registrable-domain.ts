import { getDomain } from 'tldts';

/**
 * The domain that somebody registered: `app.asana.com` is of `asana.com`, `uk.indeed.co.uk` of `indeed.co.uk`.
 *
 * @param address a host, or an address with its scheme
 * @returns null of what is none, and of what ends in no known top-level domain
 */
export function registrableDomain(address: string): string | null {
  return address.length > longestAddress ? null : getDomain(address, { validateHostname: false });
}

const longestAddress = 2048;
