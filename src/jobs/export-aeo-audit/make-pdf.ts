import { renderPdf } from '../../documents/pdf/render-pdf.ts';
import { documentOf } from '../../domain/aeo-report/report-document.ts';
import type { MakeReport } from './made-report.ts';

/** Make a document for reading. */
export const makePdf: MakeReport = async (em, report, locale) => ({
  contentType: 'application/pdf',
  content: await renderPdf(await documentOf(em, report, locale)),
});
