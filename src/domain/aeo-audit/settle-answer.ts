import type { EntityManager } from '@mikro-orm/postgresql';
import type { BrandFinding } from '../brand-detection/detect-brands.ts';
import { registrableDomain } from '../brand-detection/registrable-domain.ts';
import type { FieldCipher } from '../encryption/field-cipher.ts';
import { storableText } from '../storable-text.ts';
import type { AnswerCitation, PlatformAnswer } from './answer-platform.ts';
import { describeRetry, type RetrySettings } from './describe-retry.ts';
import type { OpenedAnswer } from './open-answer.ts';
import type { PlatformError } from './platform-error.ts';

/** An answer, with what was found in it and what it took. */
export interface GivenAnswer {
  answer: PlatformAnswer;
  findings: { noInformation: boolean; brands: BrandFinding[] };
  latencyMs: number;
  /** US dollars; null where no price is known. */
  cost: string | null;
}

/** A platform that names more is not followed further. */
const mostCitations = 500;

/** What is kept of an answer under encryption. */
export interface AnswerContent {
  text: string;
  /** All that the platform sent: JSON. */
  raw: string;
}

/** Keep an answer with what was found in it, once: one that is there already stays. */
export async function keepAnswer(
  em: EntityManager,
  cipher: FieldCipher,
  asked: OpenedAnswer,
  { answer, findings, latencyMs, cost }: GivenAnswer,
): Promise<void> {
  const { text, raw, usage, citations } = answer;
  const content: AnswerContent = { text, raw };
  const found = findings.brands.filter((each) => each.mentions.length + each.citations.length > 0);
  const rows = {
    findings: found.map(rowOfFinding),
    citations: citationsOf(citations, findings.brands),
  };
  // One statement: a worker keeps hundreds of answers a second.
  await em.execute(
    `with kept as (
       update aeo_answers set status = 'ANSWERED', content_ciphertext = ?, cost = ?, cost_ceiling = null,
         error_code = null, error_message = null, model = ?, finish_reason = ?, request_id = ?, latency_ms = ?,
         input_tokens = ?, output_tokens = ?, searches = ?, is_empty = ?, ended_at = clock_timestamp()
       where id = ? and status = 'RELEASED'
       returning id as answer_id, organization_id, client_id, audit_id
     ), rows as (select ?::jsonb as all), found as (
       insert into aeo_findings (answer_id, organization_id, client_id, audit_id, brand_id, mention_count,
         citation_count, position, confidence, sentiment, sentiment_label, grader, mentions)
       select kept.*, f.* from kept, rows, jsonb_to_recordset(rows.all -> 'findings') f (brand_id uuid,
         mention_count int, citation_count int, position smallint, confidence numeric, sentiment numeric,
         sentiment_label text, grader text, mentions jsonb)
     )
     insert into aeo_citations (answer_id, organization_id, client_id, audit_id, place, domain, url, title, brand_id)
     select kept.*, c.* from kept, rows, jsonb_to_recordset(rows.all -> 'citations')
       c (place smallint, domain text, url text, title text, brand_id uuid)`,
    [
      ...[cipher.encrypt(JSON.stringify(content)), cost, storableText(answer.model)],
      ...[answer.finishReason, answer.requestId, Math.round(latencyMs)],
      ...[usage.inputTokens, usage.outputTokens, usage.searches, findings.noInformation, asked.id],
      storableJson(rows),
    ],
  );
}

/** What PostgreSQL can hold of a value as JSON: no NUL, and no half characters. */
function storableJson(value: object): string {
  return JSON.stringify(value, (_, each) => (typeof each === 'string' ? storableText(each) : each));
}

/** What the platform names as its sources, and links in the text that lead to brands. */
function citationsOf(citations: readonly AnswerCitation[], brands: readonly BrandFinding[]) {
  const brandOf = new Map(
    brands.flatMap(({ brandId, citations }) => citations.map(({ url }) => [url, brandId] as const)),
  );
  const cited = citations.map(({ url, title, domain }) => ({
    ...{ url, title, domain: registrableDomain(url) ?? domain ?? '' },
  }));
  const known = new Set(citations.map(({ url }) => url));
  const linked = brands
    .flatMap(({ citations }) => citations)
    .filter(({ url }) => !known.has(url))
    .map(({ url, domain }) => ({ url, domain, title: null }));
  return [...cited, ...linked].slice(0, mostCitations).map((each, index) => ({
    ...{ place: index + 1, ...each, brand_id: brandOf.get(each.url) ?? null },
  }));
}

/**
 * Note that a question came to nothing.
 *
 * @returns after how many milliseconds to ask again; null where it is given up.
 */
export async function noteFailure(
  em: EntityManager,
  asked: OpenedAnswer,
  { kind, message, retryAfterMs }: PlatformError,
  retries: RetrySettings,
): Promise<number | null> {
  const isRefusal = kind === 'RATE_LIMITED';
  const count = (isRefusal ? asked.refusals : asked.failures) + 1;
  const { waitMs } = describeRetry(kind, count, retryAfterMs, retries);
  await em.execute(
    `update aeo_answers set ${isRefusal ? 'refusals' : 'failures'} = ?, error_code = ?, error_message = ?,
       status = case when ? then 'FAILED' else status end,
       cost_ceiling = case when ? then null else cost_ceiling end,
       ended_at = case when ? then now() end
     where id = ? and status = 'RELEASED'`,
    [
      ...[count, kind, storableText(message)],
      ...[waitMs === null, waitMs === null, waitMs === null, asked.id],
    ],
  );
  return waitMs;
}

function rowOfFinding({ brandId, mentions, citations, position, sentiment }: BrandFinding) {
  return {
    ...{ brand_id: brandId, mention_count: mentions.length, citation_count: citations.length },
    ...{ position: position?.rank ?? null, sentiment: sentiment?.score ?? null },
    ...{ sentiment_label: sentiment?.label ?? null, grader: sentiment && graderOf(sentiment) },
    confidence: mentions.length > 0 ? Math.max(...mentions.map((each) => each.confidence)) : null,
    mentions: mentions.map(({ start, end, kind, confidence, sentiment }) => ({
      ...{ start, end, kind, confidence, sentiment: sentiment.score },
    })),
  };
}

function graderOf({ grader, graderVersion }: NonNullable<BrandFinding['sentiment']>): string {
  return `${grader} ${graderVersion}`;
}
