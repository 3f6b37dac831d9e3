import { unprintable } from '../aeo-question/question-text.ts';
import { registrableDomain } from '../brand-detection/registrable-domain.ts';
import { badInput } from '../errors.ts';

const mostWords = 50;
const longest = 255;

/** Names and the like: trimmed, each once. @throws {DomainError} BAD_USER_INPUT for too many, too long or unprintable ones. */
export function checkWords(words: readonly string[], field: string): string[] {
  if (words.length > mostWords) throw badInput(`At most ${mostWords} of these.`, field);
  const trimmed = words.map((word) => word.normalize('NFC').trim());
  for (const word of trimmed) {
    if (word === '' || word.length > longest || unprintable.test(word)) {
      throw badInput(`A name has 1 to ${longest} printable characters.`, field);
    }
  }
  return [...new Set(trimmed)];
}

/**
 * Domains, in lower case.
 *
 * @throws {DomainError} BAD_USER_INPUT for what is none, an address among them, and for what nobody can own, such as co.uk.
 */
export function checkDomains(domains: readonly string[], field: string): string[] {
  return checkWords(domains, field).map((domain) => {
    const url = URL.parse(`https://${domain}`);
    const host = url?.hostname;
    if (!host?.includes('.') || url?.href !== `https://${host}/` || /^[\d.]+$|\[/.test(host)) {
      throw badInput(
        `"${domain.slice(0, 80)}" is no domain; give one such as shop.example.`,
        field,
      );
    }
    if (!registrableDomain(host)) throw badInput(`Nobody can have all of ${host}.`, field);
    return host;
  });
}
