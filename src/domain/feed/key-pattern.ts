import { RE2JS } from 're2js';
import { type DateRange, eachDay, isLocalDate, type LocalDate } from '../calendar.ts';
import { badInput } from '../errors.ts';

/** Where a feed's objects are and which day each belongs to. */
export interface KeyPattern {
  /** What every key of these days starts with: as long as can be, since it is what a listing costs. */
  prefixFor(range: DateRange): string;
  /** The day of an object, or undefined when its key does not match. */
  dateOf(key: string): LocalDate | undefined;
}

const dateParts = { yyyy: '[0-9]{4}', MM: '[0-9]{2}', dd: '[0-9]{2}' };
/** Steps of the compiled expression; usual ones have under 100. */
const largestProgram = 250;
const token = /\{date(?::([^{}]*))?\}|\*/g;

/**
 * Read a key pattern.
 *
 * Either a template, in which `{date}` is the day as `2026-11-21`, `{date:yyyyMMdd}` spells it otherwise
 * (any mix of `yyyy`, `MM`, `dd` and punctuation) and `*` stands for anything but a slash; or a regular
 * expression between slashes with the named groups `year`, `month` and `day`, or `date`.
 *
 * Expressions run in RE2, in time linear in the key and in their own size, which is limited: a hostile one cannot
 * stall a worker that tries it on each key of a bucket.
 *
 * @throws {DomainError} BAD_USER_INPUT when it names no day or cannot be read.
 */
export function compileKeyPattern(pattern: string): KeyPattern {
  const isExpression = pattern.length > 1 && pattern.startsWith('/') && pattern.endsWith('/');
  return isExpression ? compileExpression(pattern.slice(1, -1)) : compileTemplate(pattern);
}

function compileExpression(source: string): KeyPattern {
  const expression = compile(source);
  const named = Object.keys(expression.namedGroups());
  const groups = ['year', 'month', 'day'].filter((name) => named.includes(name));
  if (groups.length < 3 && !named.includes('date')) {
    throw badInput(
      'The expression must have the named groups year, month, day, or date.',
      'keyPattern',
    );
  }
  return {
    prefixFor: () => '',
    dateOf: (key) => {
      const match = expression.matcher(key);
      if (!match.find()) return undefined;
      const group = (name: string) => match.group(name) ?? '';
      return groups.length === 3
        ? toDate([group('year')], [group('month')], [group('day')])
        : spelledOut(group('date'));
    },
  };
}

function compileTemplate(template: string): KeyPattern {
  const parts: ('yyyy' | 'MM' | 'dd')[] = [];
  const spelled = (format: string) => format.split(/(yyyy|MM|dd)/);
  let source = '';
  let end = 0;
  for (const match of template.matchAll(token)) {
    source += RE2JS.quote(template.slice(end, match.index));
    end = match.index + match[0].length;
    if (match[0] === '*') {
      source += '[^/]*';
      continue;
    }
    for (const piece of spelled(match[1] ?? 'yyyy-MM-dd')) {
      if (piece === 'yyyy' || piece === 'MM' || piece === 'dd') {
        parts.push(piece);
        source += `(${dateParts[piece]})`;
      } else if (/[a-z*]/i.test(piece)) {
        throw badInput(`"${piece}" is not yyyy, MM or dd.`, 'keyPattern');
      } else {
        source += RE2JS.quote(piece);
      }
    }
  }
  source += RE2JS.quote(template.slice(end));
  if (!['yyyy', 'MM', 'dd'].every((part) => parts.includes(part as 'dd'))) {
    throw badInput(
      'The key pattern must name the day, as {date} or {date:yyyyMMdd}.',
      'keyPattern',
    );
  }
  const expression = compile(`^(?:${source})$`);

  const render = (date: LocalDate) => {
    const [yyyy = '', MM = '', dd = ''] = date.split('-');
    return template
      .split('*', 1)
      .join('')
      .replace(token, (_, format = 'yyyy-MM-dd') =>
        format.replaceAll('yyyy', yyyy).replaceAll('MM', MM).replaceAll('dd', dd),
      );
  };
  return {
    // Over every day: with the day or month first, the ends share what the days between do not.
    prefixFor: (range) => eachDay(range).map(render).reduce(commonPrefix),
    dateOf: (key) => {
      const match = expression.matcher(key);
      if (!match.matches()) return undefined;
      const found = (part: string) =>
        parts.flatMap((each, index) => (each === part ? [match.group(index + 1) ?? ''] : []));
      return toDate(found('yyyy'), found('MM'), found('dd'));
    },
  };
}

function compile(source: string): RE2JS {
  const expression = read(source);
  if (expression.programSize() > largestProgram) {
    throw badInput('The key pattern is too long, or repeats too much.', 'keyPattern');
  }
  return expression;
}

function read(source: string): RE2JS {
  try {
    return RE2JS.compile(source);
  } catch (error) {
    throw badInput(`The key pattern cannot be read: ${(error as Error).message}`, 'keyPattern');
  }
}

/** The day that parts spell, or undefined when they disagree or spell none. */
function toDate(years: string[], months: string[], days: string[]): LocalDate | undefined {
  const isOne = [years, months, days].every((values) => new Set(values).size === 1);
  const date = `${years[0]}-${months[0]}-${days[0]}`;
  return isOne && isLocalDate(date) ? date : undefined;
}

function spelledOut(text: string): LocalDate | undefined {
  const digits = text.replaceAll(/[^0-9]/g, '');
  return toDate([digits.slice(0, 4)], [digits.slice(4, 6)], [digits.slice(6, 8)]);
}

function commonPrefix(one: string, other: string): string {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length += 1;
  return one.slice(0, length);
}
