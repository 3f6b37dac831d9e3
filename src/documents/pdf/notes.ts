import type { Content } from 'pdfmake';
import type { Note, SectionOf } from '../../domain/document/document.ts';
import { gapWords } from '../../domain/metrics/gap-words.ts';
import { formatDay, formatDays } from './format.ts';
import { heading, type Style } from './style.ts';

/** What a reader has to know: gaps, restated days, and how figures came about. */
export function notesContent({ title, notes }: SectionOf<'NOTES'>, style: Style): Content {
  if (notes.length === 0) return [];
  return [
    heading(title, style),
    {
      ol: notes.map((note) => ({ text: spell(note, style.locale), margin: [0, 0, 0, 3] })),
      fontSize: 8,
    },
  ];
}

function spell(note: Note, locale: string): string {
  if (note.kind === 'TEXT') return note.text;
  if (note.kind === 'GAP') {
    const { feedName, days, status, reason, isCounted, isBasis } = note;
    const compared = isBasis ? ' of the days compared with' : '';
    if (isCounted) {
      return `In the archive${compared}: ${feedName}, ${formatDays(days, locale)}: counted by the sums of whole months.`;
    }
    const why = reason ? ` (${reason})` : '';
    return `No data${compared}: ${feedName}, ${formatDays(days, locale)}: ${gapWords[status]}${why}.`;
  }
  const { feedName, date, times, last } = note;
  const often = times === 1 ? 'once' : `${times} times`;
  const on = formatDay(last, locale);
  return `Restated: ${feedName}, ${formatDay(date, locale)}: changed ${often} since it was first there, last on ${on}.`;
}
