/** Encrypts fields at rest under the first key of a ring, reads what any of them encrypted, and finds equal ones. */
export interface FieldCipher {
  /** Id of the key that encrypts. */
  readonly keyId: string;
  /** @returns `keyId.nonce.tag.ciphertext`, the last three in base64url. */
  encrypt(plaintext: string): string;
  /** @throws {Error} when the key is not in the ring or the value was altered. */
  decrypt(ciphertext: string): string;
  /** A keyed hash by which an equal plaintext is found without decrypting: 32 bytes in base64url. */
  blindIndex(plaintext: string): string;
}
