import type { EntityManager } from '@mikro-orm/postgresql';
import type { AnswerContent } from '../aeo-audit/keep-answers.ts';
import { arrayLiteral } from '../array-literal.ts';
import type { FieldCipher } from '../encryption/field-cipher.ts';

/** Beside its text, an answer holds all that the platform sent: so many are in memory at once. */
const atOnce = 50;

/** What answers say, decrypted; null for those that are not there. */
export async function readTexts(
  em: EntityManager,
  cipher: FieldCipher,
  ids: readonly string[],
): Promise<Map<string, string | null>> {
  const texts = new Map<string, string | null>(ids.map((id) => [id, null]));
  for (let from = 0; from < ids.length; from += atOnce) {
    const rows = await em.execute<{ id: string; content: string }[]>(
      `select id, content_ciphertext as content from aeo_answers
       where id = any (?::uuid[]) and content_ciphertext is not null`,
      [arrayLiteral(ids.slice(from, from + atOnce))],
    );
    for (const { id, content } of rows) {
      const { text }: AnswerContent = JSON.parse(cipher.decrypt(content));
      texts.set(id, text);
    }
  }
  return texts;
}
