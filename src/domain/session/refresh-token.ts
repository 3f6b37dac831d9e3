import { createHash, randomBytes } from 'node:crypto';

/** For programs that look for secrets where they do not belong. */
const marker = 'mg_ref_';

/** Derives a text from another, as nobody else can. */
export type Derive = (text: string) => string;

/** What a session begins with: `mg_ref_` and 256 random bits in base64url. */
export function generateRefreshToken(): string {
  return `${marker}${randomBytes(32).toString('base64url')}`;
}

/**
 * The token that another is traded for. It is the same one whoever asks, and however often: two requests that a
 * client makes at once with one token get one successor, and the line of tokens does not fork.
 */
export function successorOf(token: string, derive: Derive): string {
  return `${marker}${derive(`successor of ${token}`)}`;
}

/** What is stored of a token. */
export function hashRefreshToken(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}
