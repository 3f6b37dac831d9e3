import { type AddProblem, clip } from './row-problem.ts';

/** How a column of numbers is taken. */
export interface FactRule {
  /** What it is called in reasons. */
  label: string;
  /** Decimals that it may have: none for counts. */
  decimals: 0 | 9;
  /** What an empty cell is. */
  blank: 'REQUIRED' | 'ZERO' | 'NULL';
}

/**
 * Check one number.
 *
 * @param text the cell; undefined where the file has no such column, so that the fact is not reported.
 * @returns the number as plain decimal text, so that nothing is rounded; null where it is not reported, or
 *   was refused.
 */
export function checkFact(
  { label, decimals, blank }: FactRule,
  text: string | undefined,
  add: AddProblem,
): string | null {
  if (text === undefined) return null;
  if (isPlain(text, decimals)) return text;
  const refuse = (rule: Parameters<AddProblem>[0], message: string) => {
    add(rule, `${label} ${message}`);
    return null;
  };
  const cell = text.trim();
  if (!cell) {
    if (blank === 'REQUIRED') return refuse('REQUIRED', 'is missing');
    return blank === 'ZERO' ? '0' : null;
  }
  const match = /^(-?)([0-9]+)(?:\.([0-9]*))?$/.exec(cell);
  if (!match) return refuse('NOT_A_NUMBER', whyNoNumber(cell));
  const [, sign, digits = '', fraction = ''] = match;
  const whole = digits.replace(/^0+(?=[0-9])/, '');
  const part = fraction.replace(/0+$/, '');
  const number = part ? `${whole}.${part}` : whole;
  if (sign && number !== '0') return refuse('NEGATIVE', `(${clip(cell)}) is negative`);
  if (part.length > decimals) {
    const limit = decimals === 0 ? 'a whole number' : `at most ${decimals} decimals`;
    return refuse('TOO_MANY_DECIMALS', `(${clip(cell)}) must be ${limit}`);
  }
  // Exact as a JSON number for counts; the whole part of numeric(20, 9) for amounts.
  if (whole.length > (decimals === 0 ? 15 : 11)) {
    return refuse('TOO_LARGE', `(${clip(cell)}) is too large`);
  }
  return number;
}

/** Whether it is a number that needs no second look, as nearly all are: no zeros around it, up to 11 digits whole. */
function isPlain(text: string, decimals: number): boolean {
  const { length } = text;
  let point = length;
  for (let index = 0; index < length; index++) {
    const code = text.charCodeAt(index);
    if (code === 46 && point === length) point = index;
    else if (code < 48 || code > 57) return false;
  }
  if (point === 0 || point > 11 || (point > 1 && text.charCodeAt(0) === 48)) return false;
  const places = length - point - 1;
  return places < 0 || (places > 0 && places <= decimals && text.charCodeAt(length - 1) !== 48);
}

function whyNoNumber(cell: string): string {
  const isGrouped = /^-?[0-9]{1,3}([,. '’\u00a0\u202f][0-9]{3})+([.,][0-9]+)?$/.test(cell);
  return `"${clip(cell)}" is not a number${isGrouped ? ': it has thousands separators' : ''}`;
}
