import { crc32, deflateRawSync } from 'node:zlib';

/** A ZIP file of these parts, by name. @param claimed what a part says it unpacks to, where that is a lie. */
export function zipOf(
  parts: Record<string, string | Buffer>,
  claimed: Record<string, number> = {},
): Buffer {
  const local: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of Object.entries(parts)) {
    const bytes = Buffer.from(content as string);
    const packed = deflateRawSync(bytes);
    const sizes = Buffer.alloc(12);
    sizes.writeUInt32LE(crc32(bytes), 0);
    sizes.writeUInt32LE(packed.length, 4);
    sizes.writeUInt32LE(claimed[name] ?? bytes.length, 8);
    const lengths = Buffer.from([name.length, 0, 0, 0]);
    const method = Buffer.from([20, 0, 0, 8, 8, 0, 0, 0, 0, 0]);
    const here = Buffer.alloc(4);
    here.writeUInt32LE(offset);
    const start = Buffer.from('PK\x03\x04');
    local.push(Buffer.concat([start, method, sizes, lengths, Buffer.from(name), packed]));
    const entry = [Buffer.from('PK\x01\x02\x14\0'), method, sizes, lengths, Buffer.alloc(10), here];
    central.push(Buffer.concat([...entry, Buffer.from(name)]));
    offset += 30 + name.length + packed.length;
  }
  const list = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06');
  end.writeUInt16LE(central.length, 8);
  end.writeUInt16LE(central.length, 10);
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...local, list, end]);
}

const relations = (each: [string, string][]) =>
  `<Relationships>${each
    .map(([type, target], id) => `<Relationship Id="r${id}" Type="x/${type}" Target="${target}"/>`)
    .join('')}</Relationships>`;

/** What a workbook is made of beside its first sheet. */
export interface WorkbookParts {
  sharedStrings?: string;
  styles?: string;
  properties?: string;
}

/** The parts of a workbook of one sheet, in plain XML. @param rows of the sheet, as XML. */
export function workbookParts(
  rows: string,
  { sharedStrings, styles, properties }: WorkbookParts = {},
) {
  return {
    // The sheet comes before what its cells refer to, as Excel has it.
    'xl/worksheets/sheet1.xml': `<worksheet><sheetData>${rows}</sheetData></worksheet>`,
    '_rels/.rels': relations([['officeDocument', 'xl/workbook.xml']]),
    'xl/workbook.xml': `<workbook>${properties ?? ''}<sheets><sheet name="Report" r:id="r0"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': relations([
      ['worksheet', 'worksheets/sheet1.xml'],
      ['styles', '/xl/styles.xml'],
      ['sharedStrings', 'sharedStrings.xml'],
    ]),
    'xl/styles.xml': styles ?? '<styleSheet/>',
    'xl/sharedStrings.xml': sharedStrings ?? '<sst/>',
  };
}

/** A workbook of one sheet. */
export function workbookOf(rows: string, parts?: WorkbookParts): Buffer {
  return zipOf(workbookParts(rows, parts));
}

/** Rows of a sheet in plain XML: plain numbers as numbers, all else as text. */
export function rowsXml(rows: string[][]): string {
  const plain = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  const cell = (text: string) =>
    /^[0-9]+(\.[0-9]+)?$/.test(text)
      ? `<c><v>${text}</v></c>`
      : `<c t="inlineStr"><is><t xml:space="preserve">${plain(text)}</t></is></c>`;
  return rows.map((cells) => `<row>${cells.map(cell).join('')}</row>`).join('');
}
