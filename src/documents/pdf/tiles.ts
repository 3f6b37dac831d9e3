import type { Content } from 'pdfmake';
import type { SectionOf, Tile } from '../../domain/document/document.ts';
import { formatChange, formatDays, formatValue } from './format.ts';
import { heading, muted, type Style, shade } from './style.ts';

const perRow = 4;

/** Metrics at a glance, a few in a row, each with its change. */
export function tilesContent(section: SectionOf<'TILES'>, style: Style): Content {
  const rows: Content[][] = [];
  for (let index = 0; index < section.tiles.length; index += perRow) {
    const cells = section.tiles.slice(index, index + perRow).map((tile) => toCell(tile, style));
    const empty = Array<Content>(perRow - cells.length).fill({ text: '' });
    rows.push([...cells, ...empty]);
  }
  return [
    heading(section.title, style),
    {
      table: { widths: Array<'*'>(perRow).fill('*'), body: rows, dontBreakRows: true },
      layout: {
        ...{ hLineWidth: () => 6, vLineWidth: () => 6 },
        ...{ hLineColor: () => '#ffffff', vLineColor: () => '#ffffff' },
        ...{ paddingLeft: () => 8, paddingRight: () => 8 },
        ...{ paddingTop: () => 8, paddingBottom: () => 8 },
      },
    },
    {
      text: `Changes are against ${formatDays(section.basis, style.locale)}.`,
      ...{ fontSize: 8, color: muted, margin: [0, 4, 0, 0] },
    },
  ];
}

function toCell(tile: Tile, { locale, primaryColor, accentColor }: Style): Content {
  const { label, value, base, relative } = tile;
  const before = formatValue(base, tile, locale);
  const change = relative === null ? 'no comparison' : formatChange(relative, locale);
  return {
    fillColor: shade,
    stack: [
      { text: label, fontSize: 8, color: muted },
      { text: formatValue(value, tile, locale), fontSize: 14, bold: true, color: primaryColor },
      {
        fontSize: 8,
        text: [
          { text: change, color: relative === null ? muted : accentColor, bold: relative !== null },
          { text: base === null ? '' : ` from ${before}`, color: muted },
        ],
      },
    ],
  };
}
