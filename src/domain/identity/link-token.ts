import { createHash, randomBytes } from 'node:crypto';

/** @returns what a mailed link proves its reader with, 256 random bits; and its SHA-256, which alone is kept. */
export function generateLinkToken(): { token: string; tokenHash: string } {
  const token = randomBytes(32).toString('base64url');
  return { token, tokenHash: hashLinkToken(token) };
}

export function hashLinkToken(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}
