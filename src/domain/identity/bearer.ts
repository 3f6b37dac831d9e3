/** The token of an `Authorization` header, or of what stands for one; null where it has none. */
export function bearer(header: unknown): string | null {
  const match = /^Bearer\s+(\S+)$/i.exec(typeof header === 'string' ? header : '');
  return match?.[1] ?? null;
}
