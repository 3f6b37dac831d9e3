import type { EntityManager } from '@mikro-orm/postgresql';
import { arrayLiteral } from '../array-literal.ts';
import type { AnswerPlatformName } from './answer-platform.ts';

/** A credential that a client's questions are asked with; its secret is still sealed. */
export interface AnswerCredential {
  id: string;
  platform: AnswerPlatformName;
  dialect: string;
  status: 'UNTESTED' | 'WORKING' | 'REFUSED';
  secretCiphertext: string;
  /** Until when nothing is asked with it, as an instant; where null, `admitQuestion` need not be asked. */
  openUntil: string | null;
  /** Whether it was seen to work in the last seconds, and nothing has failed since. */
  worksNow: boolean;
}

/** SQL of an order of the keys `key` to a platform that a client may be asked with: the first of them is. */
export function keyPrecedence(key: string): string {
  return `${key}.client_id is null, ${key}.status = 'REFUSED', ${key}.created_at desc, ${key}.id`;
}

/**
 * What a client's questions are asked with: for each platform its own credential, else the organization's; of several
 * one that is not refused, and of those the newest. Where its own is refused, nobody else pays for it.
 *
 * @returns none for a platform without a credential; one that is refused where there is no other.
 */
export async function findAnswerCredentials(
  em: EntityManager,
  clientId: string,
  platforms: readonly AnswerPlatformName[],
): Promise<Map<AnswerPlatformName, AnswerCredential>> {
  const rows = await em.execute<AnswerCredential[]>(
    `select distinct on (source) id, source as platform, dialect, status,
       secret_ciphertext as "secretCiphertext", open_until::text as "openUntil",
       status = 'WORKING' and failures = 0 and open_until is null and checked_at > now() - interval '5 seconds' as "worksNow"
     from platform_credentials k
     where source = any (?::text[]) and (client_id = ? or client_id is null)
     order by source, ${keyPrecedence('k')}`,
    [arrayLiteral(platforms), clientId],
  );
  return new Map(rows.map((row) => [row.platform, row]));
}

/** Whose turns questions with a credential take: with another secret it is another account's, which nobody told to wait. */
export function turnsOf({ id, secretCiphertext }: AnswerCredential): string {
  return `${id} ${secretCiphertext.slice(-16)}`;
}
