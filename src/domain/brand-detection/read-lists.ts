import type { Span } from './brand.ts';
import { linesOf } from './split-sentences.ts';

/** An item of a list, a row of a table, or a numbered heading. */
export interface ListItem {
  /** What it is about should be named in here: its line without the marker, or the first cells. */
  readonly head: Span;
  /** Its place among the items of its list, from 1. */
  readonly rank: number;
  /** Which list of the answer, from 0. */
  readonly list: number;
}

interface OpenList {
  readonly list: number;
  readonly kind: string;
  readonly indent: number;
  count: number;
  lastNumber: number;
}

/** The items of all lists of an answer, in order. */
export function readLists(text: string): ListItem[] {
  const items: ListItem[] = [];
  let open: OpenList[] = [];
  let lists = 0;
  let table: { list: number; rows: number } | null = null;
  for (const line of linesOf(text)) {
    const row = text.slice(line.start, Math.min(line.end, line.start + longestHead));
    if (/^\s*\|/.test(row)) {
      if (/^[\s|:-]+$/.test(row)) table = { list: lists++, rows: 0 };
      else if (table) items.push({ head: line, rank: ++table.rows, list: table.list });
      continue;
    }
    table = null;
    const marker = itemMarker.exec(row);
    if (!marker) {
      // A heading or a paragraph ends lists of bullets; numbers may go on after it.
      if (/^\S/.test(row)) open = open.filter(({ kind }) => kind === 'number');
      continue;
    }
    const { indent = '', quote = '', number } = marker.groups ?? {};
    const depth = indent.length + quote.length;
    const kind = number === undefined ? 'bullet' : 'number';
    // Bullets below a number or a numbered heading do not end its list; the next number ends theirs.
    open = open.filter(
      (each) =>
        each.indent < depth || (each.indent === depth && (each.kind === kind || kind === 'bullet')),
    );
    const value = Number(number ?? 0);
    let current = open.find((each) => each.indent === depth && each.kind === kind);
    const goesOn =
      kind === 'bullet' || value === 1
        ? current?.lastNumber === value
        : value === (current?.lastNumber ?? 0) + 1;
    if (!current || !goesOn) {
      open = open.filter((each) => each !== current);
      current = { list: lists++, kind, indent: depth, count: 0, lastNumber: 0 };
      open.push(current);
    }
    current.count += 1;
    current.lastNumber = value;
    const head = { start: line.start + marker[0].length, end: line.end };
    items.push({ head, rank: current.count, list: current.list });
  }
  return items;
}

const itemMarker =
  /^(?<indent>[ \t]{0,20})(?<quote>(?:> ?)?)(?:#{1,6} )?(?:\*\*|__)?(?:(?<number>\d{1,3})[.)]|[-*+•–])[ \t]+/;
const longestHead = 400;
