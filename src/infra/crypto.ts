import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  type KeyObject,
  randomBytes,
} from 'node:crypto';
import type { FieldCipher } from '../domain/encryption/field-cipher.ts';

/**
 * AES-256-GCM under a ring of keys: the first encrypts, every one decrypts.
 *
 * @param keys `id:base64,...` as in the setting `ENCRYPTION_KEYS`.
 */
export function createFieldCipher(keys: string, blindIndexKey: string): FieldCipher {
  const ring = new Map(
    keys.split(',').map((pair) => {
      const [id = '', key = ''] = pair.split(':');
      // Made once: of bytes, each use would make it again, which takes as long as to encrypt some thousand of them.
      return [id, createSecretKey(key, 'base64')] as const;
    }),
  );
  const [current = ''] = ring.keys();
  const keyOf = (id: string | undefined): KeyObject => {
    const key = ring.get(id ?? '');
    if (!key) throw new Error(`No encryption key with the id "${id}"`);
    return key;
  };

  return {
    keyId: current,
    encrypt(plaintext) {
      const nonce = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', keyOf(current), nonce);
      const body = Buffer.concat([cipher.update(plaintext, 'utf8'), cipher.final()]);
      const parts = [nonce, cipher.getAuthTag(), body].map((part) => part.toString('base64url'));
      return [current, ...parts].join('.');
    },
    decrypt(ciphertext) {
      const [id, ...parts] = ciphertext.split('.');
      const [nonce, tag, body] = parts.map((part) => Buffer.from(part, 'base64url'));
      if (!nonce || !tag || !body) throw new Error('Not an encrypted value');
      const decipher = createDecipheriv('aes-256-gcm', keyOf(id), nonce, { authTagLength: 16 });
      decipher.setAuthTag(tag);
      return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8');
    },
    blindIndex(plaintext) {
      return createHmac('sha256', blindIndexKey).update(plaintext, 'utf8').digest('base64url');
    },
  };
}
