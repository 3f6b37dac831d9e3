import type { EntityManager } from '@mikro-orm/postgresql';
import { platformLabels } from '../aeo-audit/platform-labels.ts';
import type { MetricsDocument, Note } from '../document/document.ts';
import { readBrand } from '../document/read-brand.ts';
import type { AuditReport } from './audit-report.ts';
import { type ReportTable, tablesOf } from './report-tables.ts';
import { summaryOf } from './summary-of.ts';

/** Rows of a table: a document is for reading. */
const mostRows = 100;
/** Told once, with the key figures: there is no room in tables of groups. */
const details = ['voiceLow', 'voiceHigh', 'citationLow', 'citationHigh', 'ungraded'];
/** What asking took is the agency's own affair: a document is shown to its client. */
const expenses = ['inputTokens', 'outputTokens', 'searches', 'cost'];
const omitted = new Set([...details, ...expenses]);

/** The report of an audit as a document. */
export async function documentOf(
  em: EntityManager,
  report: AuditReport,
  locale: string,
): Promise<MetricsDocument> {
  const { audit, client, name, madeAt } = report;
  const { timeZone } = client;
  const from = dayOf(audit.startedAt ?? audit.createdAt, timeZone);
  const [first, ...tables] = tablesOf(report);
  return {
    title: `AEO audit: ${name}`,
    ...{ subject: client.name, madeAt, timeZone, locale },
    days: { from, to: dayOf(audit.finishedAt ?? madeAt, timeZone) },
    brand: await readBrand(em, audit.organizationId),
    sections: [
      { kind: 'NOTES', title: 'Summary', notes: summaryOf(report).map(toNote) },
      ...[first, ...tables.map(withoutDetails)].flatMap((table) => (table ? sectionOf(table) : [])),
      { kind: 'NOTES', title: 'Notes', notes: methodsOf(report).map(toNote) },
    ],
  };
}

function sectionOf({ title, columns, rows }: ReportTable): MetricsDocument['sections'] {
  if (rows.length === 0) return [];
  const shown = rows.slice(0, mostRows);
  return [
    { kind: 'TABLE', title, columns, rows: shown, totals: [], isCut: rows.length > mostRows },
  ];
}

function withoutDetails({ columns, ...table }: ReportTable): ReportTable {
  return { ...table, columns: columns.filter(({ key }) => !omitted.has(key)) };
}

function methodsOf({ audit, results }: AuditReport): string[] {
  const asked = audit.settings.platforms.map(
    ({ platform, model, webSearch }) =>
      `${platformLabels[platform]} (${model}, ${webSearch ? 'with' : 'without'} web search)`,
  );
  const graders = new Set(results.brands.flatMap(({ sentiment }) => sentiment.graders ?? []));
  const graded = graders.size > 0 ? `, by ${[...graders].join(', ')}` : '';
  return [
    `Asked: ${asked.join(', ')}; repetitions of each question: ${audit.settings.repetitions}.`,
    'Visibility: answers that mention the brand, of all that were given. Share of voice: its mentions, of those of all brands that were looked for. Citation rate: answers that cite a domain of it, of those of platforms that may search the web.',
    'To questions that name the brand, answers mention it nearly always: only those that name no brand tell who is named unasked.',
    'Intervals are 95 % score intervals (Wilson), taking answers to be independent of one another.',
    `A mention counts from a confidence of ${audit.settings.confidenceThreshold} on. Sentiment is from -1 (blamed) to 1 (praised)${graded}; ungraded are mentions in answers in other languages than English, German, French and Spanish, which count in no mean.`,
    ...audit.notes,
  ];
}

function toNote(text: string): Note {
  return { kind: 'TEXT', text };
}

function dayOf(instant: Date, timeZone: string): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone }).format(instant);
}
