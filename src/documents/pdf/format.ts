import type { DateRange, LocalDate } from '../../domain/calendar.ts';
import type { Measure } from '../../domain/document/document.ts';

/** What stands where there is no value. */
export const dash = '–';

/**
 * A value as people read it: exact until it is rounded here, to 2 decimals for currency and 3 for rates. Source: domain,
 * formulas.
 */
export function formatValue(
  value: string | null,
  { unit, type, currency }: Pick<Measure, 'unit' | 'type' | 'currency'>,
  locale: string,
): string {
  if (value === null) return dash;
  const format = new Intl.NumberFormat(locale, optionsOf(unit, type, currency));
  // Text is formatted as it is, whatever its length; typed so since ES2023.
  const text = format.format(value as Intl.StringNumericLiteral);
  return printable(unit === 'MULTIPLE' ? `${text}x` : text);
}

function optionsOf(
  unit: Measure['unit'],
  type: Measure['type'],
  currency: string | null,
): Intl.NumberFormatOptions {
  const decimals = (digits: number) => ({
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  if (unit === 'CURRENCY') {
    return { ...decimals(2), ...(currency ? { style: 'currency', currency } : {}) };
  }
  if (unit === 'FRACTION') return { style: 'percent', ...decimals(3) };
  if (unit === 'MULTIPLE') return decimals(3);
  // A mean, unlike an amount that is counted in fractions, is of a few decimals always; and -0.001 is no -0.00.
  if (type === 'FLOAT') return { ...decimals(2), signDisplay: 'negative' };
  return { maximumFractionDigits: type === 'INTEGER' ? 0 : 2 };
}

/** A change, with its sign: 0.1 is `+10.0%`. */
export function formatChange(relative: string, locale: string): string {
  const format = new Intl.NumberFormat(locale, {
    ...{ style: 'percent', signDisplay: 'exceptZero' },
    ...{ minimumFractionDigits: 1, maximumFractionDigits: 1 },
  });
  return printable(format.format(relative as Intl.StringNumericLiteral));
}

/** A day as it is written. It is one in no time zone: as midnight of UTC it is told back in UTC. */
export function formatDay(day: LocalDate, locale: string): string {
  const format = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' });
  return printable(format.format(new Date(`${day}T00:00:00Z`)));
}

export function formatDays({ from, to }: DateRange, locale: string): string {
  const [first, last] = [formatDay(from, locale), formatDay(to, locale)];
  return from === to ? first : `${first} ${dash} ${last}`;
}

export function formatInstant(instant: Date, locale: string, timeZone: string): string {
  const style = { dateStyle: 'medium', timeStyle: 'short' } as const;
  return printable(new Intl.DateTimeFormat(locale, { ...style, timeZone }).format(instant));
}

/** Spaces and signs that the font does not have, as it has them. */
function printable(text: string): string {
  return text.replaceAll(/[\u2009\u202f]/g, '\u00a0').replaceAll('\u2212', '-');
}

/** Names have no spaces as often as not: where a line may break in one, behind what joins its parts or amid a long one. */
export function breakable(name: string): string {
  const mayBreak = '\u200b';
  return name
    .replaceAll(/[_/|.:+-](?=\S)/g, `$&${mayBreak}`)
    .replaceAll(/[^\s\u200b]{20}(?=[^\s\u200b]{4})/gu, `$&${mayBreak}`);
}
