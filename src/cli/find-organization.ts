import { parseGlobalId } from '../domain/global-id.ts';
import type { OperatorDatabase } from '../infra/operator-database.ts';

/** @throws {Error} when there is none, or more than one of a name. */
export async function findOrganization(
  operator: OperatorDatabase,
  nameOrId: string,
): Promise<{ id: string; name: string }> {
  const parsed = parseGlobalId(nameOrId);
  const id = parsed?.type === 'Organization' ? parsed.id : nameOrId.toLowerCase();
  const [found, another] = await operator.read((em) =>
    em.execute<{ id: string; name: string }[]>(
      'select id, name from organizations where id::text = ? or name = ? order by id::text = ? desc limit 2',
      [id, nameOrId, id],
    ),
  );
  if (!found) throw new Error(`There is no organization ${nameOrId}.`);
  if (another && found.id !== id) {
    throw new Error(`More than one organization is called ${nameOrId}: give its id.`);
  }
  return found;
}
