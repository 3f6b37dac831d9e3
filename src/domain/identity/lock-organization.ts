import type { EntityManager } from '@mikro-orm/postgresql';
import { Organization } from './organization.entity.ts';

/** The organization, for whoever changes it or counts what it has to take turns. */
export async function lockOrganization(em: EntityManager, id: string): Promise<Organization> {
  await em.execute('select from organizations where id = ? for no key update', [id]);
  return em.findOneOrFail(Organization, id);
}
