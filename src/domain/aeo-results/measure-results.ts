import type { EntityManager } from '@mikro-orm/postgresql';
import type { AnswerPlatformName } from '../aeo-audit/answer-platform.ts';
import type { QuestionCategory, QuestionType } from '../aeo-question/question-category.ts';
import { arrayLiteral } from '../array-literal.ts';
import type { AuditedBrand } from '../brand/audited-profile.ts';
import { type BrandResult, type BrandTally, resultsOf } from './brand-result.ts';
import { searchingPlatforms } from './named-answers.ts';

/** Which answers are counted; null for all. */
export interface ResultFilter {
  platforms: readonly AnswerPlatformName[] | null;
  categories: readonly QuestionCategory[] | null;
}

export const allAnswers: ResultFilter = { platforms: null, categories: null };

/** What became of questions. */
export interface AnswerCounts {
  /** Questions x platforms x repetitions; what is in none of the others is still to come. */
  wanted: number;
  answered: number;
  failed: number;
  skipped: number;
  /** Of those answered, those that say that they know nothing. */
  noInformation: number;
}

/** What some of the answers say. */
export interface ResultGroup {
  counts: AnswerCounts;
  /** The client's own brand first, then by name. */
  brands: BrandResult[];
}

/** What the answers of an audit say, in all and by each kind of group. */
export interface AuditResults extends ResultGroup {
  byPlatform: (ResultGroup & { platform: AnswerPlatformName })[];
  byCategory: (ResultGroup & { category: QuestionCategory })[];
  byType: (ResultGroup & { type: QuestionType })[];
  /** Since when the answers that are asked about are no longer kept, so that none is counted; null where all are. */
  answersRemovedAt: Date | null;
}

interface GroupRow extends AnswerCounts {
  platform: AnswerPlatformName | null;
  category: QuestionCategory | null;
  type: QuestionType | null;
  /** Of those answered, those of platforms that may search the web. */
  searching: number;
  brands: BrandTally[] | null;
}

interface AuditRow {
  id: string;
  brands: AuditedBrand[];
  groups: GroupRow[] | null;
  /** What was found, where the answers are no longer kept. */
  kept: AuditResults | null;
  removedAt: string | null;
}

/**
 * What the answers of audits say so far, by their ids, in one statement. Where answers are no longer kept it is what they
 * said in all; of some of them nothing is known any more, and `answersRemovedAt` says so.
 */
export async function measureResults(
  em: EntityManager,
  ids: readonly string[],
  { platforms, categories }: ResultFilter,
): Promise<Map<string, AuditResults>> {
  const audits = arrayLiteral(ids);
  const [ofPlatforms, ofCategories] = [listOf(platforms), listOf(categories)];
  const rows = await em.execute<AuditRow[]>(
    `with ${searchingPlatforms}, asked as (
       select a.id, a.audit_id, a.platform, q.category, q.type, a.status, a.is_empty,
         a.platform = any (s.platforms) as may_search
       from aeo_answers a
       join aeo_questions q on q.id = a.question_id and q.audit_id = any (?::uuid[])
       join searching s on s.audit_id = a.audit_id
       where a.audit_id = any (?::uuid[]) and (?::text[] is null or a.platform = any (?::text[]))
         and (?::text[] is null or q.category = any (?::text[]))
     ), groups as materialized (
       select audit_id, platform, category, type, count(*) as wanted,
         count(*) filter (where status = 'ANSWERED') as answered,
         count(*) filter (where status = 'FAILED') as failed,
         count(*) filter (where status = 'SKIPPED') as skipped,
         count(*) filter (where status = 'ANSWERED' and is_empty) as "noInformation",
         count(*) filter (where status = 'ANSWERED' and may_search) as searching
       from asked group by grouping sets ((audit_id), (audit_id, platform), (audit_id, category), (audit_id, type))
     ), said as materialized (
       select a.audit_id, a.platform, a.category, a.type, f.brand_id as "brandId",
         count(*) filter (where f.mention_count > 0) as mentioning, sum(f.mention_count) as mentions,
         count(*) filter (where f.citation_count > 0 and a.may_search) as citing,
         avg(f.position) as position, count(f.position) as positions,
         avg(f.sentiment) as sentiment, count(f.sentiment) as sentiments,
         count(*) filter (where f.sentiment_label = 'POSITIVE') as positive,
         count(*) filter (where f.sentiment_label = 'NEUTRAL') as neutral,
         count(*) filter (where f.sentiment_label = 'NEGATIVE') as negative,
         count(*) filter (where f.sentiment_label = 'MIXED') as mixed,
         count(*) filter (where f.sentiment_label = 'UNGRADED') as ungraded,
         coalesce(jsonb_agg(distinct f.grader) filter (where f.grader is not null), '[]') as graders
       from asked a join aeo_findings f on f.answer_id = a.id and f.audit_id = any (?::uuid[])
       where a.status = 'ANSWERED'
       group by grouping sets ((a.audit_id, f.brand_id), (a.audit_id, f.brand_id, a.platform),
         (a.audit_id, f.brand_id, a.category), (a.audit_id, f.brand_id, a.type))
     )
     select u.id, u.profile->'brands' as brands, (
       select json_agg(g) from (
         select g.*, (
           select json_agg(s) from said s
           where s.audit_id = g.audit_id and s.platform is not distinct from g.platform
             and s.category is not distinct from g.category and s.type is not distinct from g.type
         ) as brands
         from groups g where g.audit_id = u.id
         order by g.platform, g.category, g.type
       ) g
     ) as groups, case when ?::text[] is null and ?::text[] is null then u.kept_results->'results' end as kept,
       u.answers_removed_at::text as "removedAt"
     from aeo_audits u where u.id = any (?::uuid[])`,
    [
      ...[audits, audits, audits, ofPlatforms, ofPlatforms, ofCategories, ofCategories],
      ...[audits, ofPlatforms, ofCategories, audits],
    ],
  );
  return new Map(rows.map((row) => [row.id, row.kept ?? toResults(row)]));
}

function toResults({ brands, groups, removedAt }: AuditRow): AuditResults {
  const measured = (groups ?? []).map((row) => ({ row, ...groupOf(row, brands) }));
  const by = <Key extends 'platform' | 'category' | 'type'>(key: Key) =>
    measured.flatMap(({ row, ...group }) => {
      const value = row[key];
      return value === null ? [] : [{ ...group, [key]: value } as never];
    });
  const whole = measured.find(({ row }) => !(row.platform ?? row.category ?? row.type));
  const { counts, brands: inAll } = whole ?? groupOf(nothing, brands);
  const parts = { byPlatform: by('platform'), byCategory: by('category'), byType: by('type') };
  const answersRemovedAt = removedAt === null ? null : new Date(removedAt);
  return { counts, brands: inAll, ...parts, answersRemovedAt };
}

function groupOf({ brands: said, ...row }: GroupRow, brands: readonly AuditedBrand[]): ResultGroup {
  const { wanted, answered, failed, skipped, noInformation, searching } = row;
  return {
    counts: { wanted, answered, failed, skipped, noInformation },
    brands: resultsOf(brands, said ?? [], { answered, searching }),
  };
}

const nothing: GroupRow = {
  ...{ platform: null, category: null, type: null, brands: null },
  ...{ wanted: 0, answered: 0, failed: 0, skipped: 0, noInformation: 0, searching: 0 },
};

/** Constants of ours, as one SQL parameter. */
function listOf(names: readonly string[] | null): string | null {
  return names && `{${names.join(',')}}`;
}
