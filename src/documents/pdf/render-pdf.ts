import { dirname, sep } from 'node:path';
import type { Readable } from 'node:stream';
import pdfmake, { type LaidOut, type Neighbours } from 'pdfmake';
import fonts from 'pdfmake/fonts/Roboto.js';
import type { MetricsDocument } from '../../domain/document/document.ts';
import { coverContent } from './cover.ts';
import { sectionContent } from './section-content.ts';
import { muted, page, type Style } from './style.ts';

const fontFolder = dirname(fonts.Roboto.normal) + sep;
pdfmake.setFonts(fonts);
// A document is made of figures and a logo that are handed over: nothing else is opened.
pdfmake.setUrlAccessPolicy(() => false);
pdfmake.setLocalAccessPolicy((path) => path.startsWith(fontFolder));

/** Columns that a page can show upright. */
const mostUpright = 8;

/** Print a document: a cover, its sections, and on each page its number. */
export async function renderPdf(document: MetricsDocument): Promise<Readable> {
  const { brand, locale, sections, subject, title } = document;
  const isWide = sections.some(
    (section) => section.kind === 'TABLE' && shownColumns(section.columns) > mostUpright,
  );
  const { primaryColor, accentColor } = brand;
  const width = isWide ? page.landscapeWidth : page.width;
  const style: Style = { primaryColor, accentColor, locale, width };
  const definition = {
    ...({ pageSize: 'A4', pageMargins: page.margin } as const),
    pageOrientation: isWide ? ('landscape' as const) : ('portrait' as const),
    defaultStyle: { font: 'Roboto', fontSize: 10, color: '#1d2939' },
    info: { title: `${title}: ${subject}`, author: brand.organization, creator: 'Mediagraph' },
    language: 'en',
    content: [
      coverContent(document, style),
      ...sections.map((section) => sectionContent(section, style)),
    ],
    // No heading stays behind at the foot of a page.
    pageBreakBefore: (node: LaidOut, nodes: Neighbours) =>
      node.headlineLevel === 1 && nodes.getFollowingNodesOnPage().length === 0,
    footer: (current: number, count: number) => ({
      margin: [page.margin, 12, page.margin, 0] as [number, number, number, number],
      ...{ fontSize: 8, color: muted },
      columns: [
        { text: `${brand.organization} · ${subject}` },
        { text: `${current} / ${count}`, alignment: 'right' as const, width: 'auto' as const },
      ],
    }),
  };
  const pdf = await pdfmake.createPdf(definition).getStream();
  pdf.end();
  return pdf;
}

function shownColumns(columns: readonly { type: string }[]): number {
  return columns.filter(({ type }) => type !== 'ID').length;
}
