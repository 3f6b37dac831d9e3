import type { EntityManager } from '@mikro-orm/postgresql';
import { Organization } from './organization.entity.ts';

/** Where a user may come in, the organization that they joined first first. */
export async function findOrganizations(
  em: EntityManager,
  userId: string,
): Promise<Organization[]> {
  const rows = await em.execute<object[]>('select * from find_organizations(?)', [userId]);
  return rows.map((row) => em.map(Organization, row as never));
}
