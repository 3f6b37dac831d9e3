import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';
import { header, type MediaDay, mediaRows } from './media-file.ts';

const xml = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packaged = 'http://schemas.openxmlformats.org/package/2006/relationships';
const types = 'http://schemas.openxmlformats.org/package/2006/content-types';

/** The rows of a day as an XLSX file, whose texts are shared, as Excel writes it. */
export function mediaWorkbook(day: MediaDay): Promise<Buffer> {
  const texts = new Map<string, number>();
  const cell = (value: string | number) => {
    if (typeof value === 'number') return `<c><v>${value}</v></c>`;
    const index = texts.get(value) ?? texts.size;
    texts.set(value, index);
    return `<c t="s"><v>${index}</v></c>`;
  };
  function* sheet() {
    yield `${xml}<worksheet xmlns="${main}"><sheetData><row>${header.map(cell).join('')}</row>`;
    let piece = '';
    for (const cells of mediaRows(day)) {
      piece += `<row>${cells.map(cell).join('')}</row>`;
      if (piece.length < 65_536) continue;
      yield piece;
      piece = '';
    }
    yield `${piece}</sheetData></worksheet>`;
  }
  // Written after the sheet, which says what they are.
  function* sharedTexts() {
    yield `${xml}<sst xmlns="${main}">`;
    for (const text of texts.keys()) yield `<si><t>${text}</t></si>`;
    yield '</sst>';
  }
  const relation = (id: number, type: string, target: string) =>
    `<Relationship Id="r${id}" Type="${office}/${type}" Target="${target}"/>`;
  const parts: [path: string, content: string | (() => Iterable<string>)][] = [
    [
      '[Content_Types].xml',
      `${xml}<Types xmlns="${types}"><Default Extension="xml" ContentType="application/xml"/></Types>`,
    ],
    [
      '_rels/.rels',
      `${xml}<Relationships xmlns="${packaged}">${relation(1, 'officeDocument', 'xl/workbook.xml')}</Relationships>`,
    ],
    [
      'xl/workbook.xml',
      `${xml}<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="Media" sheetId="1" r:id="r1"/></sheets></workbook>`,
    ],
    [
      'xl/_rels/workbook.xml.rels',
      `${xml}<Relationships xmlns="${packaged}">${relation(1, 'worksheet', 'worksheets/sheet1.xml')}${relation(2, 'sharedStrings', 'sharedStrings.xml')}</Relationships>`,
    ],
    ['xl/worksheets/sheet1.xml', sheet],
    ['xl/sharedStrings.xml', sharedTexts],
  ];
  const zip = new ZipFile();
  for (const [path, content] of parts) {
    if (typeof content === 'string') zip.addBuffer(Buffer.from(content), path);
    else {
      zip.addReadStreamLazy(path, (give) =>
        give(null, Readable.from(content(), { objectMode: false })),
      );
    }
  }
  zip.end();
  return buffer(zip.outputStream);
}
