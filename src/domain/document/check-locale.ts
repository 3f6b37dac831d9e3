import { badInput } from '../errors.ts';

/** @returns the tag as it is known. @throws {DomainError} BAD_USER_INPUT when it is no language. */
export function checkLocale(locale: string): string {
  try {
    const [known] = Intl.NumberFormat.supportedLocalesOf(locale);
    if (known && locale.length <= 35) return known;
  } catch {
    // What is no language tag at all is told of like one that nobody knows.
  }
  throw badInput(`"${locale.slice(0, 80)}" is no language; give one such as de-DE.`, 'locale');
}
