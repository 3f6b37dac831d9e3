import type { Brand } from '../brand-detection/brand.ts';
import { type Profile, prepareProfile } from '../brand-detection/profile.ts';
import type { AuditedProfile } from './audited-profile.ts';

/** The brands of a profile as answers are searched for them: what the market is about tells each from a common word. */
function brandsOf({ brands, industry, products }: AuditedProfile): Brand[] {
  return brands.map(({ id, isOwn, name, aliases, domains, contextWords }) => ({
    ...{ id, domains, names: [name, ...aliases] },
    contextWords: [...contextWords, ...(industry ? [industry] : []), ...(isOwn ? products : [])],
  }));
}

const prepared = new WeakMap<AuditedProfile, Profile>();

/** The same, made ready to be looked for in many answers. */
export function preparedBrands(profile: AuditedProfile): Profile {
  let ready = prepared.get(profile);
  if (!ready) {
    ready = prepareProfile(brandsOf(profile));
    prepared.set(profile, ready);
  }
  return ready;
}
