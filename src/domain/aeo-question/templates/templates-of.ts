import { german } from './de.ts';
import { english } from './en.ts';
import { spanish } from './es.ts';
import { french } from './fr.ts';
import type { Templates } from './template.ts';

const byLanguage = new Map<string, Templates>(
  Object.entries({ en: english, de: german, fr: french, es: spanish }),
);

/** The templates of a locale's language; English ones, and not as asked, where there are none. */
export function templatesOf(locale: string): { templates: Templates; isAsAsked: boolean } {
  const templates = byLanguage.get(languageOf(locale));
  return { templates: templates ?? english, isAsAsked: templates !== undefined };
}

function languageOf(locale: string): string {
  try {
    return new Intl.Locale(locale).language;
  } catch {
    return '';
  }
}
