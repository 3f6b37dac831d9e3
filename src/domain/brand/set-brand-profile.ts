import type { EntityManager } from '@mikro-orm/postgresql';
import { type Actor, recordChange } from '../audit-log/record-change.ts';
import { spellingsOf } from '../brand-detection/name-spellings.ts';
import { Client } from '../client/client.entity.ts';
import { databaseNow } from '../database-clock.ts';
import { checkLocale } from '../document/check-locale.ts';
import { badInput, found } from '../errors.ts';
import { Brand } from './brand.entity.ts';
import { BrandProfile } from './brand-profile.entity.ts';
import { checkDomains, checkWords } from './check-words.ts';

/** How a brand is known. */
export interface NamedBrand {
  name: string;
  aliases: readonly string[];
  domains: readonly string[];
  /** Words near it that tell it from the common word that it also is. */
  contextWords: readonly string[];
}

/** All that is known of a client's brand: what is left out of it is forgotten. */
export interface WantedProfile extends NamedBrand {
  clientId: string;
  industry: string | null;
  products: readonly string[];
  /** Language tag that questions are asked in. */
  locale: string;
  competitors: readonly NamedBrand[];
}

/** Findings are made for each of them, in every answer. */
const mostCompetitors = 30;

/**
 * Say what a client's brand is, and who competes with it. Brands that keep their name stay the same brand, so that what
 * was found of them goes on. The same again changes nothing.
 *
 * @throws {DomainError} NOT_FOUND (client); BAD_USER_INPUT.
 */
export async function setBrandProfile(
  em: EntityManager,
  actor: Actor,
  wanted: WantedProfile,
): Promise<BrandProfile> {
  const { id: clientId, organizationId } = found(
    await em.findOne(Client, wanted.clientId),
    'client',
  );
  const own = { ...checkBrand(wanted), isOwn: true };
  if (wanted.competitors.length > mostCompetitors) {
    throw badInput(`A brand has at most ${mostCompetitors} competitors.`, 'competitors');
  }
  const competitors = wanted.competitors.map((each) => checkBrand(each, 'competitors'));
  const brands = [own, ...competitors.map((each) => ({ ...each, isOwn: false }))];
  refuseTwins(brands);
  // Changes of one profile take turns.
  await em.execute('select from clients where id = ? for no key update', [clientId]);
  const before = await em.findOne(BrandProfile, clientId);
  const facts = {
    industry: wanted.industry ? (checkWords([wanted.industry], 'industry')[0] ?? null) : null,
    products: checkWords(wanted.products, 'products'),
    locale: checkLocale(wanted.locale),
  };
  const known = await em.find(Brand, { clientId, removedAt: null });
  const isKnown = new Map(known.map((brand) => [keyOf(brand.name), brand]));
  const now = await databaseNow(em);
  const kept = new Set(brands.map(({ name }) => keyOf(name)));
  for (const brand of known) {
    if (!kept.has(keyOf(brand.name))) brand.removedAt = now;
    // Two brands may change places, and only one is the client's own at any moment.
    else brand.isOwn = false;
  }
  await em.flush();
  for (const brand of brands) {
    const same = isKnown.get(keyOf(brand.name));
    if (same) Object.assign(same, brand);
    else em.create(Brand, { organizationId, clientId, ...brand, removedAt: null });
  }
  const profile = before ?? em.create(BrandProfile, { clientId, organizationId, ...facts });
  Object.assign(profile, facts);
  recordChange(em, actor, {
    ...{ action: 'SET', entityType: 'BrandProfile', entityId: clientId, before: null },
    after: { clientId, ...facts, brands: brands.map(({ name }) => name) },
  });
  await em.flush();
  return profile;
}

/** @param within the field that the brand is in; where left out, its own are told. */
function checkBrand(brand: NamedBrand, within?: string) {
  const [name = ''] = checkWords([brand.name], within ?? 'name');
  const aliases = checkWords(brand.aliases, within ?? 'aliases');
  const lost = [name, ...aliases].find((each) => spellingsOf(each).length === 0);
  if (lost !== undefined) {
    const message = `"${lost.slice(0, 80)}" could not be found: a name has a letter or digit, and at most 100 characters.`;
    throw badInput(message, within ?? (lost === name ? 'name' : 'aliases'));
  }
  return {
    name,
    aliases: aliases.filter((alias) => alias !== name),
    domains: checkDomains(brand.domains, within ?? 'domains'),
    contextWords: checkWords(brand.contextWords, within ?? 'contextWords'),
  };
}

/** Two brands of one name would each claim the other's mentions, and of one domain its citations. */
function refuseTwins(brands: readonly Omit<NamedBrand, 'contextWords'>[]): void {
  refuseShared(brands, 'name', ({ name, aliases }) => [name, ...aliases].map(keyOf));
  refuseShared(brands, 'domain', ({ domains }) => domains);
}

function refuseShared<Each extends { name: string }>(
  brands: readonly Each[],
  what: string,
  listOf: (brand: Each) => readonly string[],
): void {
  const owners = new Map<string, string>();
  for (const brand of brands) {
    for (const each of new Set(listOf(brand))) {
      const owner = owners.get(each);
      if (owner !== undefined) {
        const message = `"${each}" is a ${what} of both ${owner} and ${brand.name}.`;
        throw badInput(message, 'competitors');
      }
      owners.set(each, brand.name);
    }
  }
}

function keyOf(name: string): string {
  return name.normalize('NFKC').toLowerCase();
}
