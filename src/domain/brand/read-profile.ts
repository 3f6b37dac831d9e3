import type { EntityManager } from '@mikro-orm/postgresql';
import { DomainError } from '../errors.ts';
import type { AuditedProfile } from './audited-profile.ts';
import { Brand } from './brand.entity.ts';
import { BrandProfile } from './brand-profile.entity.ts';

/** The brands of a client that are searched for, its own first, then by name. */
export function listBrands(em: EntityManager, clientId: string): Promise<Brand[]> {
  return em.find(Brand, { clientId, removedAt: null }, { orderBy: { isOwn: 'desc', name: 'asc' } });
}

/** A client's profile as an audit takes it up. @throws {DomainError} CONFLICT: it has none yet. */
export async function readProfile(em: EntityManager, clientId: string): Promise<AuditedProfile> {
  const profile = await em.findOne(BrandProfile, clientId);
  if (!profile) {
    throw new DomainError('CONFLICT', 'The client has no brand profile: set one first.');
  }
  const { industry, products, locale } = profile;
  const brands = (await listBrands(em, clientId)).map(
    ({ id, isOwn, name, aliases, domains, contextWords }) => ({
      ...{ id, isOwn, name, aliases, domains, contextWords },
    }),
  );
  return { brands, industry, products, locale };
}
