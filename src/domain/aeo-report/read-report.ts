import type { EntityManager } from '@mikro-orm/postgresql';
import { AeoSetUp } from '../aeo-audit/aeo-set-up.entity.ts';
import { findGaps } from '../aeo-results/find-gaps.ts';
import { findRecommendations } from '../aeo-results/find-recommendations.ts';
import { findSources } from '../aeo-results/find-sources.ts';
import { measurePlatforms } from '../aeo-results/measure-platforms.ts';
import { allAnswers, measureResults } from '../aeo-results/measure-results.ts';
import { readCitations, readFindings } from '../aeo-results/read-findings.ts';
import { readTexts } from '../aeo-results/read-texts.ts';
import { Client } from '../client/client.entity.ts';
import type { FieldCipher } from '../encryption/field-cipher.ts';
import { badInput } from '../errors.ts';
import type { AuditReport, ReportedAnswer } from './audit-report.ts';
import { findReportable } from './find-reportable.ts';

/** How answers are decrypted, and how many characters they may say in all: they are in memory together. */
export interface WantedTexts {
  cipher: FieldCipher;
  most: number;
}

/** Domains that a report names. */
const mostSources = 200;

/**
 * Read all that an audit found, by the functions that answer the graph.
 *
 * @param texts where it is wanted what answers say; at most so many characters in all.
 * @throws {DomainError} NOT_FOUND; CONFLICT as of {@link findReportable}; BAD_USER_INPUT: answers say more than that.
 */
export async function readReport(
  em: EntityManager,
  auditId: string,
  texts: WantedTexts | null,
): Promise<AuditReport> {
  const audit = await findReportable(em, auditId);
  const ids = [auditId];
  const results = (await measureResults(em, ids, allAnswers)).get(auditId);
  if (!results) throw new Error(`The audit ${auditId} has no results`);
  const { name } = await em.findOneOrFail(AeoSetUp, audit.setUpId);
  return {
    ...{ audit, name, results, madeAt: new Date() },
    client: await em.findOneOrFail(Client, audit.clientId),
    platforms: (await measurePlatforms(em, ids)).get(auditId) ?? [],
    gaps: (await findGaps(em, ids)).get(auditId) ?? [],
    recommendations: (await findRecommendations(em, ids)).get(auditId) ?? [],
    sources: (await findSources(em, ids, { first: mostSources })).get(auditId) ?? [],
    answers: await readAnswers(em, auditId, texts),
  };
}

async function readAnswers(
  em: EntityManager,
  auditId: string,
  wanted: WantedTexts | null,
): Promise<ReportedAnswer[]> {
  const rows = await em.execute<Omit<ReportedAnswer, 'text' | 'findings' | 'citations'>[]>(
    `select a.id, q.id as "questionId", q.text as question, q.category, q.type, a.platform, a.repetition, a.status,
       a.error_code as "errorCode", a.error_message as "errorMessage", a.model, a.finish_reason as "finishReason",
       a.is_empty as "isEmpty", a.latency_ms as "latencyMs", a.input_tokens as "inputTokens",
       a.output_tokens as "outputTokens", a.searches, trim_scale(a.cost)::text as cost,
       to_char(a.ended_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "endedAt"
     from aeo_answers a join aeo_questions q on q.id = a.question_id
     where a.audit_id = ? order by q.place, a.platform, a.repetition`,
    [auditId],
  );
  const ids = rows.map(({ id }) => id);
  const findings = await readFindings(em, ids);
  const citations = await readCitations(em, ids);
  const said = wanted ? await readAll(em, ids, wanted) : new Map<string, string>();
  return rows.map((row) => ({
    ...row,
    text: said.get(row.id) ?? null,
    findings: findings.get(row.id) ?? [],
    citations: citations.get(row.id) ?? [],
  }));
}

/** Texts that are read at a time. */
const textsAtOnce = 50;

async function readAll(
  em: EntityManager,
  ids: readonly string[],
  { cipher, most }: WantedTexts,
): Promise<Map<string, string | null>> {
  const texts = new Map<string, string | null>();
  let length = 0;
  for (let from = 0; from < ids.length; from += textsAtOnce) {
    const some = await readTexts(em, cipher, ids.slice(from, from + textsAtOnce));
    for (const [id, text] of some) {
      texts.set(id, text);
      length += text?.length ?? 0;
    }
    if (length > most) throw badInput('The answers say more than a report may hold.');
  }
  return texts;
}
