import { createHash } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { badInput, DomainError } from '../errors.ts';
import type { Tenant } from '../identity/viewer.ts';
import { IdempotencyKey } from './idempotency-key.entity.ts';

/** A call that may be repeated: the same key and input give the same entity. */
export interface RepeatableCall {
  operation: string;
  /** Chosen by the caller; without one, every call is a new one. */
  key: string | null | undefined;
  input: object;
}

/**
 * Do something at most once per key.
 *
 * @param make makes the entity; returns its id.
 * @returns the id that the first call under this key made.
 * @throws {DomainError} CONFLICT when the key was used with another input.
 */
export async function once(
  em: EntityManager,
  tenant: Tenant,
  call: RepeatableCall,
  make: () => Promise<string>,
): Promise<string> {
  if (!call.key) return make();
  if (call.key.length > 200 || call.key.includes('\0')) {
    throw badInput('An idempotency key has at most 200 characters.', 'idempotencyKey');
  }
  // Two calls under one key at once take turns; the second finds what the first made.
  await em.execute('select pg_advisory_xact_lock(hashtextextended(?, 0))', [
    `${tenant.organizationId}:${call.key}`,
  ]);
  const inputHash = createHash('sha256').update(JSON.stringify(call.input)).digest('base64url');
  const known = await em.findOne(IdempotencyKey, {
    organizationId: tenant.organizationId,
    key: call.key,
  });
  if (!known) {
    const entityId = await make();
    em.create(IdempotencyKey, {
      organizationId: tenant.organizationId,
      key: call.key,
      operation: call.operation,
      inputHash,
      entityId,
    });
    await em.flush();
    return entityId;
  }
  if (known.operation !== call.operation || known.inputHash !== inputHash) {
    throw new DomainError('CONFLICT', 'This idempotency key was used for something else.', {
      fields: ['idempotencyKey'],
    });
  }
  return known.entityId;
}
