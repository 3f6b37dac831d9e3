import { createHash } from 'node:crypto';

/** A header as it is compared: without case, spaces, underscores and quotes, and without the currency it ends in. */
export function headerKey(header: string): string {
  return header
    .replace(/\s*\([A-Z]{3}\)\s*$/, '')
    .toLowerCase()
    .replaceAll(/[\s_"\u200b\ufeff]/g, '');
}

/** What files with the same columns have in common, in whatever order they have them. */
export function fingerprintOf(header: readonly string[]): string {
  const keys = header.map(headerKey).filter(Boolean).toSorted();
  return createHash('sha256').update(JSON.stringify(keys)).digest('base64url');
}
