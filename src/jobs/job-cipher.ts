/** Encrypts fields at rest, for jobs. */
export interface JobCipher {
  /** Id of the key that encrypts. */
  readonly keyId: string;
  /** @returns `keyId.nonce.tag.ciphertext`. */
  encrypt(plaintext: string): string;
  /** @throws {Error} when the key is not in the ring or the value was altered. */
  decrypt(ciphertext: string): string;
}
