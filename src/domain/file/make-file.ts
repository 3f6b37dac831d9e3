import { randomUUID } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { KeptFile } from '../feed/object-store.ts';
import { File } from './file.entity.ts';

/** A file that is to be made. */
export type NewFile = Pick<
  File,
  | ('organizationId' | 'clientId' | 'userId' | 'kind')
  | ('name' | 'contentType' | 'requestedBy' | 'jobRunId')
> &
  Partial<Pick<File, 'forClients' | 'forRole'>> & {
    /** How long it can be fetched. */
    lifeDays: number;
  };

/**
 * Note a file before its content is kept, so that what is left of one that never becomes whole is found and removed. A
 * job that is tried again goes on with the same row and key.
 */
export async function beginFile(
  em: EntityManager,
  { lifeDays, ...wanted }: NewFile,
): Promise<File> {
  const { organizationId, jobRunId, name } = wanted;
  const known = jobRunId && (await em.findOne(File, { jobRunId, name }));
  if (known) return known;
  const [row] = await em.execute<{ at: string }[]>(
    `select (now() + ? * interval '1 day')::text as at`,
    [lifeDays],
  );
  const id = randomUUID();
  const storageKey = `${organizationId}/${id}`;
  const file = em.create(File, { id, ...wanted, storageKey, expiresAt: new Date(row?.at ?? '') });
  await em.flush();
  return file;
}

/** Say that a file is whole: from now on it is there for who may read it. */
export async function finishFile(em: EntityManager, id: string, kept: KeptFile): Promise<void> {
  await em.nativeUpdate(File, id, { sizeBytes: kept.sizeBytes, sha256: kept.sha256 });
}
