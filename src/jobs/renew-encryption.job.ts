import { z } from 'zod';
import { findEncryptedColumns } from '../domain/encryption/encrypted-columns.ts';
import { type Batch, renewCiphertexts } from '../domain/encryption/renew-ciphertexts.ts';
import { defineJob } from './define-job.ts';

/** Rows of one transaction: few enough that nobody who changes one of them waits for long. */
const batchSize = 200;

/**
 * Re-encrypt what is not under the present key: all of an organization's values, and those of people, who belong to
 * none and whom whichever run comes first takes up.
 *
 * Resumable: what was done is under the present key, and so is not found again.
 *
 * @throws {Error} where this worker's present key is another: it was started before the ring was changed, and another
 *   worker, or a later attempt, does it.
 */
export const renewEncryption = defineJob({
  name: 'renew-encryption',
  queue: 'maintenance',
  payload: z.object({ keyId: z.string() }),
  attempts: 10,
  timeoutMs: 6 * 60 * 60_000,
  backoffMs: 5_000,

  async process({ keyId }, { read, write, cipher, report, signal }) {
    if (cipher.keyId !== keyId) {
      throw new Error(`This worker encrypts by the key ${cipher.keyId}, not by ${keyId}`);
    }
    const places = await read(findEncryptedColumns);
    let done = 0;
    for (const place of places) {
      let after: string | null = null;
      do {
        signal.throwIfAborted();
        const batch: Batch = { after, most: batchSize };
        const { count, last } = await write((em) => renewCiphertexts(em, cipher, place, batch));
        after = last;
        done += count;
        report({ stage: 'RENEW', done, total: null });
      } while (after !== null);
    }
  },
});
