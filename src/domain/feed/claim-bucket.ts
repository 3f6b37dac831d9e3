import type { EntityManager } from '@mikro-orm/postgresql';
import { badInput } from '../errors.ts';

/**
 * Take a bucket for an organization: its first feed there makes it its own.
 *
 * Buckets are read with the deployment's credentials, which reach those of every organization.
 *
 * @throws {DomainError} BAD_USER_INPUT when it is another organization's.
 */
export async function claimBucket(
  em: EntityManager,
  organizationId: string,
  bucket: string,
): Promise<void> {
  await em.execute(
    'insert into bucket_owners (bucket, organization_id) values (?, ?) on conflict do nothing',
    [bucket, organizationId],
  );
  const [own] = await em.execute('select from bucket_owners where bucket = ?', [bucket]);
  if (!own) throw badInput(`The bucket "${bucket}" cannot be used here.`, 'bucket');
}
