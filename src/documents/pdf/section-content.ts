import type { Content } from 'pdfmake';
import type { Section } from '../../domain/document/document.ts';
import { barsContent } from './bars.ts';
import { notesContent } from './notes.ts';
import type { Style } from './style.ts';
import { tableContent } from './table.ts';
import { tilesContent } from './tiles.ts';
import { trendContent } from './trend.ts';

/** A section of a document, as pdfmake lays it out. */
export function sectionContent(section: Section, style: Style): Content {
  switch (section.kind) {
    case 'TILES':
      return tilesContent(section, style);
    case 'TREND':
      return trendContent(section, style);
    case 'BARS':
      return barsContent(section, style);
    case 'TABLE':
      return tableContent(section, style);
    case 'NOTES':
      return notesContent(section, style);
  }
}
