import { posix } from 'node:path';
import { badInput } from '../../domain/errors.ts';
import type { Archive } from './archive.ts';
import { parseXml, type XmlHandlers } from './parse-xml.ts';

/** What the cells of a workbook refer to. Source: ECMA-376, part 1, 18.2, 18.4 and 18.8. */
export interface Workbook {
  /** Those that are shown, in their order. */
  sheets: { name: string; path: string }[];
  /** Whether its days are counted from 1904 and not from 1900. */
  isFrom1904: boolean;
  /** Texts that cells share. */
  texts: string[];
  /** Whether a cell's number is shown as a day or time, by the cell's style. */
  isDayStyle: boolean[];
}

const mostOfPart = 16_000_000;
/** The texts are all that is kept in memory. */
const mostOfTexts = 100_000_000;
/** Some for each of Excel's million rows; empty ones take memory, too. */
const mostTexts = 5_000_000;
const mostSheets = 1_000;

/** @throws {DomainError} BAD_USER_INPUT when it is another ZIP file, or a damaged workbook. */
export async function readWorkbook(archive: Archive): Promise<Workbook> {
  const read = async (path: string, handlers: XmlHandlers, most = mostOfPart) => {
    for await (const _ of parseXml(archive.read(path, most), handlers));
  };
  const [root] = (await readRelations(archive, '')).filter(({ type }) => type === 'officeDocument');
  if (!root) throw badInput('This ZIP file is no XLSX workbook.');
  const relations = await readRelations(archive, root.path);

  const workbook: Workbook = { sheets: [], isFrom1904: false, texts: [], isDayStyle: [] };
  await read(root.path, {
    open(name, attributes) {
      if (name === 'workbookPr') workbook.isFrom1904 = /^(1|true)$/.test(attributes.date1904 ?? '');
      if (name !== 'sheet' || (attributes.state ?? 'visible') !== 'visible') return;
      const id = Object.entries(attributes).find(([key]) => /(^|:)id$/.test(key))?.[1];
      const sheet = relations.find((each) => each.id === id && each.type === 'worksheet');
      if (sheet) workbook.sheets.push({ name: attributes.name ?? '', path: sheet.path });
      if (workbook.sheets.length > mostSheets) {
        throw badInput(`This workbook has over ${mostSheets} sheets.`);
      }
    },
  });
  for (const { type, path } of relations) {
    if (!archive.has(path)) continue;
    if (type === 'styles') await read(path, styleHandlers(workbook.isDayStyle));
    if (type === 'sharedStrings') await read(path, textHandlers(workbook.texts), mostOfTexts);
  }
  return workbook;
}

interface Relation {
  id: string;
  /** The last word of its type, which is an address. */
  type: string;
  path: string;
}

/** What a part of a workbook refers to. */
async function readRelations(archive: Archive, part: string): Promise<Relation[]> {
  const folder = posix.dirname(part);
  const path = posix.join(folder, '_rels', `${posix.basename(part)}.rels`);
  const relations: Relation[] = [];
  if (!archive.has(path)) return relations;
  const handlers: XmlHandlers = {
    open(name, { Id: id = '', Type = '', Target = '' }) {
      if (name !== 'Relationship') return;
      const target = posix.resolve('/', folder, Target).slice(1);
      relations.push({ id, type: posix.basename(Type), path: target });
    },
  };
  for await (const _ of parseXml(archive.read(path, mostOfPart), handlers));
  return relations;
}

/** Formats that need no text of their own. Source: ECMA-376, part 1, 18.8.30. */
const isBuiltInDay = (id: number) =>
  (id >= 14 && id <= 22) ||
  (id >= 27 && id <= 36) ||
  (id >= 45 && id <= 47) ||
  (id >= 50 && id <= 58);

function styleHandlers(isDayStyle: boolean[]): XmlHandlers {
  const formats = new Map<number, boolean>();
  let isInCells = false;
  return {
    open(name, { numFmtId, formatCode = '' }) {
      const id = Number(numFmtId ?? 0);
      if (name === 'numFmt') formats.set(id, isDayFormat(formatCode));
      else if (name === 'cellXfs') isInCells = true;
      else if (name === 'xf' && isInCells) isDayStyle.push(formats.get(id) ?? isBuiltInDay(id));
    },
    close(name) {
      if (name === 'cellXfs') isInCells = false;
    },
  };
}

/** Whether letters of days or times are left in a format without its quoted, escaped and bracketed parts. */
function isDayFormat(code: string): boolean {
  return /[ymdhs]/i.test(code.replaceAll(/"[^"]*"|\\.|_.|\*.|\[[^\]]*\]/g, ''));
}

/** A text may be in pieces, each in its own type; how it is pronounced is none of it. */
function textHandlers(texts: string[]): XmlHandlers {
  let text = '';
  let isText = false;
  let isSpoken = false;
  return {
    open(name) {
      if (name === 'si') text = '';
      else if (name === 'rPh') isSpoken = true;
      else if (name === 't') isText = !isSpoken;
    },
    text(piece) {
      if (isText) text += piece;
    },
    close(name) {
      if (name === 't') isText = false;
      else if (name === 'rPh') isSpoken = false;
      else if (name === 'si' && texts.push(text) > mostTexts) {
        throw badInput('This XLSX file is too large: it has over five million texts.');
      }
    },
  };
}
