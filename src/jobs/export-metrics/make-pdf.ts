import { renderPdf } from '../../documents/pdf/render-pdf.ts';
import { readDocument } from '../../domain/document/read-document.ts';
import type { MakeFile } from './made-file.ts';

/** Make a document for reading. */
export const makePdf: MakeFile = async ({ em }, { wanted, viewer, client }, onRows) => {
  const { query, options } = wanted;
  const { locale, title, parts } = options;
  const request = { viewer, query, client, locale, title, parts };
  const document = await readDocument(em, request);
  const rows = document.sections.flatMap((each) => (each.kind === 'TABLE' ? each.rows : []));
  onRows(rows.length);
  return {
    extension: 'pdf',
    contentType: 'application/pdf',
    content: await renderPdf(document),
    isRead: true,
    rowCount: () => rows.length,
  };
};
