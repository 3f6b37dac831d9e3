import type { Brand } from './brand.ts';
import { registrableDomain } from './registrable-domain.ts';

/** An address that an answer stands on, and that belongs to a brand. */
export interface BrandCitation {
  readonly url: string;
  /** The registrable domain. */
  readonly domain: string;
  /** Its place among the addresses of the answer, from 0: those that the platform reports, then those linked in the text. */
  readonly index: number;
}

/** The citations of each brand. The same address again counts once. @param addresses with their registrable domains */
export function findCitations(
  addresses: readonly { readonly url: string; readonly domain: string | null }[],
  brandsByDomain: ReadonlyMap<string, readonly Brand[]>,
): Map<string, BrandCitation[]> {
  const citations = new Map<string, BrandCitation[]>();
  const each = new Map(addresses.map(({ url, domain }) => [url, domain]));
  for (const [index, [url, domain]] of [...each].entries()) {
    if (domain === null) continue;
    for (const { id } of brandsByDomain.get(domain) ?? []) {
      const known = citations.get(id) ?? [];
      known.push({ url, domain, index });
      citations.set(id, known);
    }
  }
  return citations;
}

/** The brands to which each registrable domain belongs. */
export function indexDomains(brands: readonly Brand[]): Map<string, Brand[]> {
  const index = new Map<string, Brand[]>();
  for (const brand of brands) {
    for (const domain of new Set(brand.domains.map(registrableDomain))) {
      if (domain !== null) index.set(domain, [...(index.get(domain) ?? []), brand]);
    }
  }
  return index;
}
