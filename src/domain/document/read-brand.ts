import type { EntityManager } from '@mikro-orm/postgresql';
import { Organization } from '../identity/organization.entity.ts';
import type { Brand } from './document.ts';

/** How documents of an organization look. */
export async function readBrand(em: EntityManager, organizationId: string): Promise<Brand> {
  const organization = await em.findOneOrFail(Organization, organizationId, {
    populate: ['logo'],
  });
  const { name, logo, primaryColor, accentColor } = organization;
  return { organization: name, logo, primaryColor, accentColor };
}
