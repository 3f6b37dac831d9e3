import { badInput } from '../errors.ts';

const mostIds = 1000;

/** @returns the ids, each once. @throws {DomainError} BAD_USER_INPUT for none, or over 1,000. */
export function checkIds(ids: readonly string[], field: string): string[] {
  if (ids.length < 1 || ids.length > mostIds) throw badInput(`Give 1 to ${mostIds} ids.`, field);
  return [...new Set(ids)];
}
