import type { EntityManager } from '@mikro-orm/postgresql';
import { arrayLiteral } from '../array-literal.ts';
import type { BrandFinding } from '../brand-detection/detect-brands.ts';
import { registrableDomain } from '../brand-detection/registrable-domain.ts';
import type { FieldCipher } from '../encryption/field-cipher.ts';
import { noteAnswered } from '../platform-credential/platform-state.ts';
import { storableText } from '../storable-text.ts';
import type { AnswerCitation, PlatformAnswer } from './answer-platform.ts';

/** An answer, with what was found in it and what it took. */
interface GivenAnswer {
  id: string;
  answer: PlatformAnswer;
  findings: { noInformation: boolean; brands: BrandFinding[] };
  latencyMs: number;
  /** US dollars; null where no price is known. */
  cost: string | null;
  /** With which it was asked, where it is news that it works; else null. */
  newsOf: string | null;
}

/** A platform that names more is not followed further. */
const mostCitations = 500;
/** What a rank is kept in ends there; nobody reads a list so far. */
const lastRank = 32_767;
/** Of what a platform calls itself and its answer. */
const longestName = 200;
/** Of a host: what is longer is none, and has no room in an index. */
const longestDomain = 253;

/** What is kept of an answer under encryption. */
export interface AnswerContent {
  text: string;
  /** All that the platform sent: JSON. */
  raw: string;
}

/** The rows that an answer is kept in. */
export type AnswerRows = ReturnType<typeof answerRows>;

export function answerRows(
  cipher: FieldCipher,
  { id, answer, findings, latencyMs, cost, newsOf }: GivenAnswer,
) {
  const { text, raw, usage, citations } = answer;
  const content: AnswerContent = { text, raw };
  const found = findings.brands.filter((each) => each.mentions.length + each.citations.length > 0);
  return {
    ...{ newsOf, id, cost, model: answer.model.slice(0, longestName) },
    finish_reason: answer.finishReason,
    ...{ request_id: answer.requestId?.slice(0, longestName) ?? null },
    latency_ms: Math.round(latencyMs),
    ...{ input_tokens: usage.inputTokens, output_tokens: usage.outputTokens },
    ...{ searches: usage.searches, is_empty: findings.noInformation },
    content_ciphertext: cipher.encrypt(JSON.stringify(content)),
    findings: found.map(rowOfFinding),
    citations: citationsOf(citations, findings.brands),
  };
}

/** Keep answers with what was found in them, each once: one that is there already stays; and that their platforms answer. */
export async function keepAnswers(
  em: EntityManager,
  answers: readonly AnswerRows[],
): Promise<undefined[]> {
  // In one order, so that those who end an audit meanwhile wait for this, and not both for each other.
  await em.execute(
    'select from aeo_answers where id = any (?::uuid[]) order by id for no key update',
    [arrayLiteral(answers.map(({ id }) => id))],
  );
  await em.execute(
    `with given as (
       select * from jsonb_to_recordset(?::jsonb) g (id uuid, cost numeric, model text, finish_reason text,
         request_id text, latency_ms int, input_tokens int, output_tokens int, searches int, is_empty boolean,
         content_ciphertext text, findings jsonb, citations jsonb)
     ), kept as (
       update aeo_answers a set status = 'ANSWERED', content_ciphertext = g.content_ciphertext, cost = g.cost,
         cost_ceiling = null, error_code = null, error_message = null, model = g.model,
         finish_reason = g.finish_reason, request_id = g.request_id, latency_ms = g.latency_ms,
         input_tokens = g.input_tokens, output_tokens = g.output_tokens, searches = g.searches,
         is_empty = g.is_empty, ended_at = clock_timestamp()
       from given g where a.id = g.id and a.status = 'RELEASED'
       returning a.id as answer_id, a.organization_id, a.client_id, a.audit_id, g.findings, g.citations
     ), found as (
       insert into aeo_findings (answer_id, organization_id, client_id, audit_id, brand_id, mention_count,
         citation_count, position, confidence, sentiment, sentiment_label, grader, mentions)
       select answer_id, organization_id, client_id, audit_id, f.*
       from kept, jsonb_to_recordset(findings) f (brand_id uuid, mention_count int, citation_count int,
         position smallint, confidence numeric, sentiment numeric, sentiment_label text, grader text, mentions jsonb)
     )
     insert into aeo_citations (answer_id, organization_id, client_id, audit_id, place, domain, url, title, brand_id)
     select answer_id, organization_id, client_id, audit_id, c.*
     from kept, jsonb_to_recordset(citations) c (place smallint, domain text, url text, title text, brand_id uuid)`,
    [storableJson(answers)],
  );
  // Last of all: every answer of a moment tells of the same few.
  const working = answers.flatMap(({ newsOf }) => newsOf ?? []);
  if (working.length > 0) await noteAnswered(em, ...working);
  return answers.map(() => undefined);
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
  const cited = citations.slice(0, mostCitations).map(({ url, title, domain }) => {
    const host = registrableDomain(domain ?? url) ?? domain ?? '';
    return { url, title, domain: host.length <= longestDomain ? host : '' };
  });
  const known = new Set(citations.map(({ url }) => url));
  const linked = brands
    .flatMap(({ citations }) => citations)
    .filter(({ url }) => !known.has(url))
    .map(({ url, domain }) => ({ url, domain, title: null }));
  return [...cited, ...linked].slice(0, mostCitations).map((each, index) => ({
    ...{ place: index + 1, ...each, brand_id: brandOf.get(each.url) ?? null },
  }));
}

function rowOfFinding({ brandId, mentions, citations, position, sentiment }: BrandFinding) {
  return {
    ...{ brand_id: brandId, mention_count: mentions.length, citation_count: citations.length },
    ...{
      position: position && Math.min(position.rank, lastRank),
      sentiment: sentiment?.score ?? null,
    },
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
