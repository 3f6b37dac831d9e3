/** Characters that make a spreadsheet take a text for a formula: = + - @, also full-width, tab and line ends. */
export const formulaStarts = [...'=+-@＝＋－＠\t\r\n'];

/** A cell of a CSV file. A text that a spreadsheet would run as a formula begins with an apostrophe. */
export function csvCell(value: unknown, isText: boolean): string {
  if (value === null || value === undefined) return '';
  const plain = typeof value === 'object' ? JSON.stringify(value) : String(value);
  const text = isText && formulaStarts.includes(plain.charAt(0)) ? `'${plain}` : plain;
  return /[",\r\n]/.test(text) || text === '' ? `"${text.replaceAll('"', '""')}"` : text;
}
