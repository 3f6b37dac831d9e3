import type { Content } from 'pdfmake';
import type { SectionOf } from '../../domain/document/document.ts';
import type { Column } from '../../domain/metric-rows/columns.ts';
import type { Row } from '../../domain/metric-rows/order-rows.ts';
import { breakable, dash, formatDay, formatValue } from './format.ts';
import { heading, line, muted, type Style, shade } from './style.ts';

/** Rows under a heading that is repeated on each page, and their totals; ids are left out. */
export function tableContent(section: SectionOf<'TABLE'>, style: Style): Content {
  const { title, rows, totals, isCut } = section;
  const columns = section.columns.filter(({ type }) => type !== 'ID');
  const body = [
    columns.map((column) => ({ ...align(column), text: column.label, bold: true })),
    ...rows.map((row) => columns.map((column) => toCell(column, row, style.locale))),
    ...totals.map((row) => totalOf(row, columns, style.locale)),
  ];
  const note = `The first ${rows.length} rows: an export as CSV or XLSX has all of them.`;
  return [
    heading(title, style),
    {
      fontSize: columns.length > 8 ? 7 : 8,
      table: {
        ...{ headerRows: 1, dontBreakRows: true, keepWithHeaderRows: 1, body },
        widths: columns.map(({ key, type }) =>
          type === 'TEXT' && key !== 'currency' ? '*' : 'auto',
        ),
      },
      layout: {
        hLineWidth: () => 0.5,
        vLineWidth: () => 0,
        hLineColor: () => line,
        fillColor: (index: number) => (index === 0 || index > rows.length ? shade : null),
      },
    },
    ...(isCut ? [{ text: note, fontSize: 8, color: muted }] : []),
  ];
}

function toCell(column: Column, row: Row, locale: string) {
  return { ...align(column), text: textOf(column, row, locale) };
}

function totalOf(row: Row, columns: readonly Column[], locale: string): Content[] {
  return columns.map((column, index) => ({
    ...toCell(column, row, locale),
    ...(index === 0 && { text: 'Total' }),
    // Of dimensions there is nothing to tell, but of the currency.
    ...(index > 0 && column.unit === null && { text: row[column.key] ?? '' }),
    bold: true,
  }));
}

function textOf(column: Column, row: Row, locale: string): string {
  const value = row[column.key] ?? null;
  if (value === null) return dash;
  if (column.type === 'DATE') return formatDay(value, locale);
  if (column.unit === null) return breakable(value);
  return formatValue(value, { ...column, currency: row.currency ?? null }, locale);
}

function align({ unit }: Column): { alignment: 'left' | 'right' } {
  return { alignment: unit === null ? 'left' : 'right' };
}
