import type { EntityManager } from '@mikro-orm/postgresql';
import { AeoAudit, isOpen } from '../aeo-audit/aeo-audit.entity.ts';
import { platformLabels } from '../aeo-audit/platform-labels.ts';
import { badInput, found } from '../errors.ts';
import type { BrandResult } from './brand-result.ts';
import { findDifferences } from './find-differences.ts';
import { matchQuestions, type QuestionMatch } from './match-questions.ts';
import { type AuditResults, allAnswers, measureResults } from './measure-results.ts';
import { changeOf, type ProportionChange } from './proportion-change.ts';

/** What became of a brand from one audit to another. */
export interface BrandChange {
  brandId: string;
  name: string;
  isOwn: boolean;
  visibility: ProportionChange;
  shareOfVoice: ProportionChange;
  citationRate: ProportionChange;
  before: Pick<BrandResult, 'position' | 'sentiment'>;
  after: Pick<BrandResult, 'position' | 'sentiment'>;
}

/** Two audits of a set-up side by side. */
export interface AuditComparison extends QuestionMatch {
  before: AeoAudit;
  after: AeoAudit;
  /** What beside the answers may have made the difference, in sentences. */
  notices: string[];
  /** Brands that both looked for, the client's own first. */
  brands: BrandChange[];
}

/**
 * Compare two audits of one set-up.
 *
 * @throws {DomainError} NOT_FOUND; BAD_USER_INPUT: the same audit twice, or audits of different set-ups.
 */
export async function compareAudits(
  em: EntityManager,
  beforeId: string,
  afterId: string,
): Promise<AuditComparison> {
  const before = found(await em.findOne(AeoAudit, beforeId), 'audit');
  const after = found(await em.findOne(AeoAudit, afterId), 'audit');
  const both = ['beforeId', 'afterId'];
  if (before.id === after.id) throw badInput('This is the same audit twice.', ...both);
  if (before.setUpId !== after.setUpId) {
    const message = 'These are audits of different set-ups: they do not ask the same.';
    throw badInput(message, ...both);
  }
  const results = await measureResults(em, [before.id, after.id], allAnswers);
  const matched = await matchQuestions(em, before.id, after.id);
  const [was, is] = [results.get(before.id), results.get(after.id)];
  const brands = (is?.brands ?? []).flatMap((brand) => {
    const same = was?.brands.find(({ brandId }) => brandId === brand.brandId);
    return same ? changeOfBrand(same, brand) : [];
  });
  const notices = [
    ...noticesOf(before, after),
    ...noticesOfMissing('first', was),
    ...noticesOfMissing('second', is),
    ...noticesOfQuestions(matched),
    ...(isGradedAlike(was, is) ? [] : ['Sentiment was graded by different versions.']),
  ];
  return { before, after, notices, brands, ...matched };
}

function changeOfBrand(before: BrandResult, after: BrandResult): BrandChange {
  const { brandId, name, isOwn } = after;
  return {
    ...{ brandId, name, isOwn, before, after },
    visibility: changeOf(before.visibility, after.visibility),
    shareOfVoice: changeOf(before.shareOfVoice, after.shareOfVoice),
    citationRate: changeOf(before.citationRate, after.citationRate),
  };
}

function noticesOf(before: AeoAudit, after: AeoAudit): string[] {
  const notices = findDifferences(before, after);
  if (before.createdAt > after.createdAt) notices.unshift('The first audit is the later one.');
  if (isOpen(before.status) || isOpen(after.status))
    notices.unshift('An audit is still under way.');
  if (before.answersRemovedAt || after.answersRemovedAt) {
    notices.push('Answers of an audit are no longer kept: questions cannot be compared.');
  }
  return notices;
}

/** Whether all that is known to have graded is the same in both; an audit that nobody is mentioned in has no grader. */
function isGradedAlike(was: AuditResults | undefined, is: AuditResults | undefined): boolean {
  const gradersOf = (results: AuditResults | undefined) =>
    [...new Set((results?.brands ?? []).flatMap(({ sentiment }) => sentiment.graders ?? []))]
      .toSorted()
      .join();
  const [before, after] = [gradersOf(was), gradersOf(is)];
  return before === '' || after === '' || before === after;
}

/** Without the answers of one platform the others weigh more. */
function noticesOfMissing(which: string, results: AuditResults | undefined): string[] {
  return (results?.byPlatform ?? []).flatMap(({ platform, counts: { wanted, answered } }) =>
    answered === wanted
      ? []
      : `${wanted - answered} of ${wanted} answers of ${platformLabels[platform]} are missing in the ${which} audit.`,
  );
}

function noticesOfQuestions({ matched, onlyBefore, onlyAfter }: QuestionMatch): string[] {
  if (onlyBefore + onlyAfter === 0) return [];
  return [
    `${matched} questions were answered in both audits, ${onlyBefore} in the first alone and ${onlyAfter} in the second alone.`,
  ];
}
