import type { EntityManager } from '@mikro-orm/postgresql';
import { arrayLiteral } from '../array-literal.ts';
import type { EncryptedColumn } from './encrypted-columns.ts';
import type { FieldCipher } from './field-cipher.ts';

interface StaleValue {
  id: string;
  ciphertext: string;
}

/** Which values are looked at. */
export interface Batch {
  /** The id that was last looked at; null at the start. */
  after: string | null;
  most: number;
}

/**
 * Re-encrypt the next values of a column that are not under the present key.
 *
 * A value that was changed since it was read stays as it is: whoever changed it did so under the present key.
 *
 * @returns how many it took up, and the id to go on after.
 * @throws {Error} when a value is under a key that is not in the ring.
 */
export async function renewCiphertexts(
  em: EntityManager,
  cipher: FieldCipher,
  place: EncryptedColumn,
  batch: Batch,
): Promise<{ count: number; last: string | null }> {
  const { table, column, key } = place;
  if (!place.isTenants) {
    // Runs of several organizations come here at once: they take turns.
    await em.execute('select pg_advisory_xact_lock(hashtextextended(?, 0))', [`renew:${table}`]);
  }
  const stale = await readStale(em, cipher.keyId, place, batch);
  const renewed = stale.map(({ ciphertext }) => cipher.encrypt(cipher.decrypt(ciphertext)));
  const parameters = [
    arrayLiteral(stale.map(({ id }) => id)),
    // base64url and points: nothing in them needs quoting.
    arrayLiteral(stale.map(({ ciphertext }) => ciphertext)),
    arrayLiteral(renewed),
  ];
  if (place.isTenants) {
    await em.execute(
      `update ${table} t set ${column} = renewed.value
       from unnest(?::uuid[], ?::text[], ?::text[]) as renewed (id, was, value)
       where t.${key} = renewed.id and t.${column} = renewed.was`,
      parameters,
    );
  } else {
    await em.execute('select renew_ciphertexts(?, ?, ?, ?::uuid[], ?::text[], ?::text[])', [
      ...[table, key, column],
      ...parameters,
    ]);
  }
  return { count: stale.length, last: stale.at(-1)?.id ?? null };
}

function readStale(
  em: EntityManager,
  keyId: string,
  { table, column, key, isTenants }: EncryptedColumn,
  { after, most }: Batch,
): Promise<StaleValue[]> {
  if (!isTenants) {
    const parameters = [table, key, column, keyId, after, most];
    return em.execute('select * from stale_ciphertexts(?, ?, ?, ?, ?::uuid, ?)', parameters);
  }
  return em.execute(
    `select ${key} as id, ${column} as ciphertext from ${table}
     where split_part(${column}, '.', 1) <> ? and (?::uuid is null or ${key} > ?::uuid)
     order by 1 limit ?`,
    [keyId, after, after, most],
  );
}
