import type { EntityManager } from '@mikro-orm/postgresql';
import { arrayLiteral } from '../array-literal.ts';

/**
 * Note that what clients' media are called or how they are grouped has changed, so that answers which were
 * made before are known to be old. Facts tell of themselves by the versions of their slices.
 */
export async function touchMedia(em: EntityManager, clientIds: readonly string[]): Promise<void> {
  await em.execute(
    'update clients set media_version = media_version + 1 where id = any (?::uuid[])',
    [arrayLiteral(clientIds)],
  );
}
