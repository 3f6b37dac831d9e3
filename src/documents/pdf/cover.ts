import type { Content } from 'pdfmake';
import type { MetricsDocument } from '../../domain/document/document.ts';
import { formatDays, formatInstant } from './format.ts';
import { muted, type Style } from './style.ts';

/** The first page: whose it is, of whom, and over which days. */
export function coverContent(document: MetricsDocument, style: Style): Content {
  const { title, subject, days, madeAt, timeZone, brand, locale } = document;
  const { logo, organization } = brand;
  return [
    {
      ...(logo
        ? { image: `data:image/png;base64,${logo}`, fit: [180, 90] as [number, number] }
        : { text: organization, fontSize: 16, bold: true, color: style.primaryColor }),
      margin: [0, 40, 0, 0],
    },
    { text: title, fontSize: 14, color: muted, margin: [0, 140, 0, 6] },
    { text: subject, fontSize: 32, bold: true, color: style.primaryColor },
    {
      canvas: [{ type: 'rect', x: 0, y: 0, w: 80, h: 4, color: style.accentColor }],
      margin: [0, 14, 0, 14],
    },
    { text: formatDays(days, locale), fontSize: 16 },
    {
      text: `${organization}, ${formatInstant(madeAt, locale, timeZone)} (${timeZone})`,
      ...{ fontSize: 9, color: muted, margin: [0, 8, 0, 0], pageBreak: 'after' },
    },
  ];
}
