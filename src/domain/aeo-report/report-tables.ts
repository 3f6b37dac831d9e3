import type { AnswerPlatformName } from '../aeo-audit/answer-platform.ts';
import { platformLabels } from '../aeo-audit/platform-labels.ts';
import { tellPlainly } from '../aeo-audit/tell-error.ts';
import { categoryLabels, typeLabels } from '../aeo-question/category-labels.ts';
import type { ResultGroup } from '../aeo-results/measure-results.ts';
import type { Column } from '../metric-rows/columns.ts';
import type { Row } from '../metric-rows/order-rows.ts';
import type { AuditReport } from './audit-report.ts';
import { column, rowOf, shareCells, shareColumns } from './report-columns.ts';

/** Figures of an audit under a title: a part of a document, and a sheet of a workbook. */
export interface ReportTable {
  title: string;
  columns: Column[];
  rows: Row[];
}

/** What an audit found, from the whole to the single question. */
export function tablesOf(report: AuditReport): ReportTable[] {
  const { results } = report;
  return [
    { title: 'Key figures', columns: brandColumns, rows: brandRows(results) },
    byGroup('By platform', 'Platform', results.byPlatform, (of) => platformLabels[of.platform]),
    byGroup('By category', 'Category', results.byCategory, (of) => categoryLabels[of.category]),
    byGroup('By type', 'Question', results.byType, ({ type }) => typeLabels[type]),
    gaps(report),
    recommendations(report),
    sources(report),
    statistics(report),
    missing(report),
  ];
}

const brandColumns = [
  column('brand', 'Brand'),
  column('answers', 'Answers', 'COUNT'),
  ...shareColumns('visibility', 'Visibility'),
  column('mentions', 'Mentions', 'COUNT'),
  ...shareColumns('voice', 'Share of voice'),
  ...shareColumns('citation', 'Citation rate'),
  column('position', 'Average position', 'NUMBER'),
  column('sentiment', 'Sentiment', 'NUMBER'),
  column('ungraded', 'Ungraded', 'COUNT'),
];

function brandRows({ brands }: ResultGroup): Row[] {
  return brands.map(({ name, visibility, shareOfVoice, citationRate, position, sentiment }) => ({
    ...rowOf({ brand: name, answers: visibility.denominator, mentions: shareOfVoice.numerator }),
    ...shareCells('visibility', visibility),
    ...shareCells('voice', shareOfVoice),
    ...shareCells('citation', citationRate),
    ...rowOf({ position: position.value }),
    ...rowOf({ sentiment: sentiment.value, ungraded: sentiment.ungraded }),
  }));
}

function byGroup<Group extends ResultGroup>(
  title: string,
  label: string,
  groups: readonly Group[],
  nameOf: (group: Group) => string,
): ReportTable {
  return {
    title,
    columns: [column('group', label), ...brandColumns],
    rows: groups.flatMap((group) =>
      brandRows(group).map((row) => ({ group: nameOf(group), ...row })),
    ),
  };
}

function gaps({ gaps, answers, audit }: AuditReport): ReportTable {
  const texts = new Map(answers.map(({ questionId, question }) => [questionId, question]));
  const names = new Map(audit.profile.brands.map(({ id, name }) => [id, name]));
  return {
    title: 'Gaps',
    columns: [
      column('question', 'Question'),
      column('category', 'Category'),
      column('competitors', 'Competitors mentioned'),
      column('platforms', 'Platforms'),
      column('severity', 'Severity', 'NUMBER'),
    ],
    rows: gaps.map(({ questionId, category, competitors, platforms, severity }) =>
      rowOf({
        ...{ question: texts.get(questionId) ?? null, severity },
        category: categoryLabels[category],
        competitors: competitors.map(({ brandId }) => names.get(brandId) ?? '').join(', '),
        platforms: labelsOf(platforms),
      }),
    ),
  };
}

function recommendations({ recommendations }: AuditReport): ReportTable {
  return {
    title: 'Recommendations',
    columns: [
      column('sentence', 'What was found'),
      column('action', 'What to do'),
      column('concerned', 'Answers concerned', 'COUNT'),
      column('answered', 'Answers', 'COUNT'),
      column('priority', 'Priority', 'NUMBER'),
    ],
    rows: recommendations.map(({ sentence, action, concerned, answered, priority }) =>
      rowOf({ sentence, action, concerned, answered, priority }),
    ),
  };
}

function sources({ sources, audit }: AuditReport): ReportTable {
  const names = new Map(audit.profile.brands.map(({ id, name }) => [id, name]));
  return {
    title: 'Sources',
    columns: [
      column('domain', 'Domain'),
      column('brand', 'Brand'),
      column('citations', 'Citations', 'COUNT'),
      column('answers', 'Answers', 'COUNT'),
      column('platforms', 'Platforms'),
    ],
    rows: sources.map(({ domain, brandId, citations, answers, platforms }) =>
      rowOf({
        ...{ domain, citations, answers, platforms: labelsOf(platforms) },
        brand: brandId && (names.get(brandId) ?? null),
      }),
    ),
  };
}

function statistics({ platforms }: AuditReport): ReportTable {
  return {
    title: 'Statistics',
    columns: [
      column('platform', 'Platform'),
      column('calls', 'Calls', 'COUNT'),
      column('answered', 'Answered', 'COUNT'),
      column('failed', 'Failed', 'COUNT'),
      column('latencyP50Ms', 'Median ms', 'COUNT'),
      column('latencyP95Ms', '95 % ms', 'COUNT'),
      column('inputTokens', 'Tokens read', 'COUNT'),
      column('outputTokens', 'Tokens written', 'COUNT'),
      column('searches', 'Searches', 'COUNT'),
      column('cost', 'Cost (USD)', 'NUMBER'),
    ],
    rows: platforms.map(({ failureShare: _, errors: _errors, unpriced: _unpriced, ...each }) =>
      rowOf({ ...each, platform: platformLabels[each.platform] }),
    ),
  };
}

/** What is not there, and why, counted. */
function missing({ answers }: AuditReport): ReportTable {
  const absent = answers.filter(({ status }) => status !== 'ANSWERED');
  const groups = Map.groupBy(absent, ({ platform, errorCode, status }) =>
    [platform, errorCode ?? status].join(' '),
  );
  return {
    title: 'Missing answers',
    columns: [
      column('platform', 'Platform'),
      column('reason', 'Reason'),
      column('message', 'In words'),
      column('count', 'Answers', 'COUNT'),
    ],
    rows: [...groups.values()].map((group) => {
      const [first] = group;
      const reason = first?.errorCode ?? first?.status ?? null;
      const message = first?.errorCode ? tellPlainly(first.errorCode) : null;
      const platform = first && platformLabels[first.platform];
      return rowOf({ platform: platform ?? null, reason, message, count: group.length });
    }),
  };
}

function labelsOf(platforms: readonly AnswerPlatformName[]): string {
  return platforms.map((name) => platformLabels[name]).join(', ');
}
