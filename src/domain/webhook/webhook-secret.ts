import { createHmac, randomBytes } from 'node:crypto';

/** A secret begins with this. */
const marker = 'whsec_';

/** What is signed: who gets it knows by the id what it was told already, and by the time what is replayed. */
export interface Signed {
  id: string;
  /** Unix time in seconds. */
  timestamp: number;
  body: string;
}

/** Make a secret: `whsec_` and 32 random bytes in base64. */
export function generateSecret(): string {
  return `${marker}${randomBytes(32).toString('base64')}`;
}

/**
 * Sign a message with each of some secrets: while one replaces another, its receiver may know either.
 *
 * @returns the header `webhook-signature`. Source: the Standard Webhooks specification, symmetric signatures (`v1`).
 */
export function signWith(secrets: readonly string[], { id, timestamp, body }: Signed): string {
  return secrets
    .map((secret) => {
      const key = Buffer.from(secret.slice(marker.length), 'base64');
      return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
    })
    .join(' ');
}
