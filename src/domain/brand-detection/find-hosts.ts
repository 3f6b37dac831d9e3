import type { Brand, Span } from './brand.ts';

/** A host in a text, such as `app.asana.com`, and the brands whose domain it is of; most are nobody's. */
export interface Host extends Span {
  /** The registrable domain of these brands. */
  readonly domain: string;
  readonly brands: readonly Brand[];
}

/**
 * What looks like a host in a text, in order, be it one or the name of a file: names within it are none.
 *
 * @param domains brands by registrable domain
 */
export function findHosts(text: string, domains: ReadonlyMap<string, readonly Brand[]>): Host[] {
  return Array.from(text.matchAll(hostLike), ({ 0: host, index }) => ({
    start: index,
    end: index + host.length,
    ...ownersOf(host.toLowerCase(), domains),
  }));
}

function ownersOf(
  host: string,
  domains: ReadonlyMap<string, readonly Brand[]>,
): Omit<Host, keyof Span> {
  for (let at = 0; at !== -1; at = host.indexOf('.', at + 1)) {
    const domain = at === 0 ? host : host.slice(at + 1);
    const brands = domains.get(domain);
    if (brands) return { domain, brands };
  }
  return { domain: host, brands: [] };
}

/** Labels of Latin letters, digits and hyphens with dots between, the last all of one case: `end.It` is two sentences. */
const hostLike =
  /(?<![\p{Script=Latin}\d_.-])[\p{Script=Latin}\d](?:[\p{Script=Latin}\d-]{0,62}\.)(?:[\p{Script=Latin}\d-]{1,63}\.){0,8}(?:[a-z]{2,24}|[A-Z]{2,24})(?![\p{Script=Latin}\d_-])/gu;
