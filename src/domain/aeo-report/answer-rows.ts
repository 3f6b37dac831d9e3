import { platformLabels } from '../aeo-audit/platform-labels.ts';
import { categoryLabels, typeLabels } from '../aeo-question/category-labels.ts';
import type { Row } from '../metric-rows/order-rows.ts';
import type { AuditReport, ReportedAnswer } from './audit-report.ts';
import { column, rowOf } from './report-columns.ts';
import type { ReportTable } from './report-tables.ts';

/** What a cell of a spreadsheet holds, in characters. */
const mostOfCell = 32_767;

const shared = [
  column('question', 'Question'),
  column('category', 'Category'),
  column('type', 'Type'),
  column('platform', 'Platform'),
  column('repetition', 'Repetition', 'COUNT'),
  column('status', 'Status'),
  column('errorCode', 'Reason'),
  column('model', 'Model'),
  column('endedAt', 'Ended (UTC)'),
];

/** A row for each answer, those that are missing included. */
export function answerTable({ answers, audit }: AuditReport): ReportTable {
  const names = namesOf(audit.profile.brands);
  return {
    title: 'Answers',
    columns: [
      ...shared,
      column('brands', 'Brands mentioned'),
      column('domains', 'Domains cited'),
      column('latencyMs', 'Milliseconds', 'COUNT'),
      column('inputTokens', 'Tokens read', 'COUNT'),
      column('outputTokens', 'Tokens written', 'COUNT'),
      column('searches', 'Searches', 'COUNT'),
      column('cost', 'Cost (USD)', 'NUMBER'),
      column('text', 'Answer'),
    ],
    rows: answers.map((answer) => {
      const { findings, citations, latencyMs, inputTokens, outputTokens, searches } = answer;
      const mentioned = findings.filter(({ mentionCount }) => mentionCount > 0);
      return rowOf({
        ...rowOfAnswer(answer),
        platform: platformLabels[answer.platform],
        category: categoryLabels[answer.category],
        type: typeLabels[answer.type],
        brands: mentioned.map(({ brandId }) => names.get(brandId) ?? '').join(', '),
        domains: [...new Set(citations.map(({ domain }) => domain))].filter(Boolean).join(', '),
        ...{ latencyMs, inputTokens, outputTokens, searches, cost: answer.cost },
        text: answer.text?.slice(0, mostOfCell) ?? null,
      });
    }),
  };
}

/** Columns of `findingRows`. */
export const findingColumns = [
  ...shared,
  column('brand', 'Brand'),
  column('isOwn', 'Own brand'),
  column('mentions', 'Mentions', 'COUNT'),
  column('citations', 'Citations', 'COUNT'),
  column('position', 'Position', 'COUNT'),
  column('sentiment', 'Sentiment', 'NUMBER'),
  column('sentimentLabel', 'Sentiment label'),
  column('grader', 'Graded by'),
  column('confidence', 'Confidence', 'NUMBER'),
];

/** A row for each brand that is looked for in an answer; a missing answer has nothing to say of any. */
export function findingRows(answer: ReportedAnswer, { audit }: Pick<AuditReport, 'audit'>): Row[] {
  const none = answer.status === 'ANSWERED' ? 0 : null;
  return audit.profile.brands.map(({ id, name, isOwn }) => {
    const found = answer.findings.find(({ brandId }) => brandId === id);
    return rowOf({
      ...rowOfAnswer(answer),
      ...{ brand: name, isOwn },
      ...{ mentions: found?.mentionCount ?? none, citations: found?.citationCount ?? none },
      ...{ position: found?.position ?? null, sentiment: found?.sentiment ?? null },
      ...{ sentimentLabel: found?.sentimentLabel ?? null, grader: found?.grader ?? null },
      confidence: found?.confidence ?? null,
    });
  });
}

function rowOfAnswer(answer: ReportedAnswer): Row {
  const { question, category, type, platform, repetition, status } = answer;
  const { errorCode, model, endedAt } = answer;
  return rowOf({
    ...{ question, category, type, platform, repetition, status },
    ...{ errorCode, model, endedAt },
  });
}

function namesOf(brands: readonly { id: string; name: string }[]): Map<string, string> {
  return new Map(brands.map(({ id, name }) => [id, name]));
}
