import { getDomain } from 'tldts';

/**
 * The domain that somebody registered: `app.asana.com` is of `asana.com`, `uk.indeed.co.uk` of `indeed.co.uk`.
 *
 * @param address a host, or an address with its scheme
 * @returns null of what is none, of what ends in no known top-level domain, and of an address that is no page's (`javascript:`)
 */
export function registrableDomain(address: string): string | null {
  if (otherScheme.test(address)) return null;
  return address.length > longestAddress ? null : getDomain(address, { validateHostname: false });
}

const longestAddress = 2048;

/** Before a number it is no scheme, but a host with its port. */
const otherScheme = /^\s*(?!https?:)[a-z][a-z\d+.-]*:(?!\d)/i;
