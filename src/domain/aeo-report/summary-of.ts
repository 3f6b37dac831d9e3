import { tellPlainly } from '../aeo-audit/tell-error.ts';
import type { BrandResult } from '../aeo-results/brand-result.ts';
import { percent } from '../aeo-results/percent.ts';
import type { Proportion } from '../aeo-results/proportion.ts';
import type { AuditReport } from './audit-report.ts';

/** What a report says first, in sentences. */
export function summaryOf({ audit, results, gaps, recommendations }: AuditReport): string[] {
  const { wanted, answered, failed, skipped, noInformation } = results.counts;
  if (answered === 0) {
    const reason = audit.errorCode ? ` ${tellPlainly(audit.errorCode)}` : '';
    return [`There are no answers, and so no figures.${reason}`, missing(wanted, failed, skipped)];
  }
  const unasked = results.byType.find(({ type }) => type === 'INDUSTRY_GENERAL');
  return [
    `${answered} of ${wanted} answers are there; ${noInformation} of them say that they know nothing.`,
    ...(answered < wanted ? [missing(wanted, failed, skipped)] : []),
    ...standing('In all answers', results.brands),
    ...standing('In answers to questions that name no brand', unasked?.brands ?? []),
    gaps.length === 0
      ? 'There is no question to which competitors are mentioned and the brand is not.'
      : `Questions to which competitors are mentioned and the brand is not: ${gaps.length}.`,
    ...(recommendations.length === 0 ? ['No rule of the recommendations applies.'] : []),
  ];
}

/** How often the client's own brand is mentioned, and the competitor that is mentioned most. */
function standing(where: string, [own, ...others]: readonly BrandResult[]): string[] {
  if (!own || own.visibility.denominator === 0) return [];
  const [rival] = others.toSorted((a, b) => b.visibility.numerator - a.visibility.numerator);
  const beside = rival
    ? `; ${rival.name}, the competitor with the most, ${told(rival.visibility)}`
    : '';
  return [`${where}, ${own.name} is mentioned ${told(own.visibility)}${beside}.`];
}

function told({ numerator, denominator, value, low, high }: Proportion): string {
  const interval = `95 % interval ${percent(low)} to ${percent(high)}`;
  return `in ${numerator} of ${denominator}, ${percent(value)} (${interval})`;
}

function missing(wanted: number, failed: number, skipped: number): string {
  return `Of ${wanted} answers that were wanted ${failed} failed and ${skipped} were not asked for.`;
}
