/** Characters that make a spreadsheet take a text for a formula: = + - @, also full-width, tab and line ends. */
export const formulaStarts = [...'=+-@＝＋－＠\t\r\n'];

/** What a CSV file begins with where Excel is to know it for UTF-8. */
export const byteOrderMark = '\ufeff';

/** A cell of a CSV file. A text that a spreadsheet would run as a formula begins with an apostrophe. */
export function csvCell(value: unknown, isText: boolean): string {
  if (value === null || value === undefined) return '';
  const plain = typeof value === 'object' ? JSON.stringify(value) : String(value);
  const text = isText && formulaStarts.includes(plain.charAt(0)) ? `'${plain}` : plain;
  return /[",\r\n]/.test(text) || text === '' ? `"${text.replaceAll('"', '""')}"` : text;
}

const formulaCodes = formulaStarts.map((character) => character.charCodeAt(0)).join(', ');

/** SQL of a text that no spreadsheet takes for a formula. @param cell SQL of the text. */
export function formulaSafe(cell: string): string {
  return `case when ascii(${cell}) in (${formulaCodes}) then '''' || ${cell} else ${cell} end`;
}
