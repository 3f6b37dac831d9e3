import type { Brand } from '../brand-detection/brand.ts';
import type { AuditedProfile } from './audited-profile.ts';

/** The brands of a profile as answers are searched for them: what the market is about tells each from a common word. */
export function brandsOf({ brands, industry, products }: AuditedProfile): Brand[] {
  return brands.map(({ id, isOwn, name, aliases, domains, contextWords }) => ({
    ...{ id, domains, names: [name, ...aliases] },
    contextWords: [...contextWords, ...(industry ? [industry] : []), ...(isOwn ? products : [])],
  }));
}
