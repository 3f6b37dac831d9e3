import type { EntityManager } from '@mikro-orm/postgresql';
import { arrayLiteral } from '../array-literal.ts';
import type { NameKind } from '../brand-detection/find-names.ts';
import type { SentimentLabel } from './sentiment-label.ts';

/** A place of an answer's text where a brand is named: in UTF-16 units, what `text.slice` takes. */
export interface FoundMention {
  start: number;
  end: number;
  kind: NameKind;
  /** How sure it is that the brand is meant, 0 to 1. */
  confidence: number;
  /** -1 to 1. */
  sentiment: number | null;
}

/** What an answer says of a brand that it mentions or cites. */
export interface AnswerFinding {
  answerId: string;
  brandId: string;
  mentionCount: number;
  citationCount: number;
  /** From 1; null where it is not mentioned, as are those after it. */
  position: number | null;
  confidence: number | null;
  sentiment: number | null;
  sentimentLabel: SentimentLabel | null;
  /** What graded the sentiment, with its version. */
  grader: string | null;
  /** In the order of the text. */
  mentions: FoundMention[];
}

/** A page that an answer refers to. */
export interface AnswerCitation {
  answerId: string;
  /** Among the answer's, from 1. */
  place: number;
  url: string;
  title: string | null;
  /** Empty where nobody says it. */
  domain: string;
  brandId: string | null;
}

/** What answers say of which brands, the client's own first, by the ids of answers. */
export async function readFindings(
  em: EntityManager,
  answerIds: readonly string[],
): Promise<Map<string, AnswerFinding[]>> {
  const rows = await em.execute<AnswerFinding[]>(
    `select f.answer_id as "answerId", f.brand_id as "brandId", f.mention_count as "mentionCount",
       f.citation_count as "citationCount", f.position, f.confidence::float8 as confidence,
       f.sentiment::float8 as sentiment, f.sentiment_label as "sentimentLabel", f.grader, f.mentions
     from aeo_findings f join brands b on b.id = f.brand_id
     where f.answer_id = any (?::uuid[]) order by b.is_own desc, b.name, b.id`,
    [arrayLiteral(answerIds)],
  );
  return listsOf(answerIds, rows);
}

/** What answers refer to, in their order, by the ids of answers. */
export async function readCitations(
  em: EntityManager,
  answerIds: readonly string[],
): Promise<Map<string, AnswerCitation[]>> {
  const rows = await em.execute<AnswerCitation[]>(
    `select answer_id as "answerId", place, url, title, domain, brand_id as "brandId"
     from aeo_citations where answer_id = any (?::uuid[]) order by answer_id, place`,
    [arrayLiteral(answerIds)],
  );
  return listsOf(answerIds, rows);
}

function listsOf<T extends { answerId: string }>(
  answerIds: readonly string[],
  rows: readonly T[],
): Map<string, T[]> {
  const byAnswer = Map.groupBy(rows, ({ answerId }) => answerId);
  return new Map(answerIds.map((id) => [id, byAnswer.get(id) ?? []]));
}
