import { randomUUID } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { AeoAnswer, type AnswerStatus } from '../../src/domain/aeo-audit/aeo-answer.entity.ts';
import { AeoAudit, type AuditStatus } from '../../src/domain/aeo-audit/aeo-audit.entity.ts';
import { AeoQuestion } from '../../src/domain/aeo-audit/aeo-question.entity.ts';
import { AeoSetUp } from '../../src/domain/aeo-audit/aeo-set-up.entity.ts';
import type { AeoSettings } from '../../src/domain/aeo-audit/aeo-settings.ts';
import type { AnswerPlatformName } from '../../src/domain/aeo-audit/answer-platform.ts';
import type {
  QuestionCategory,
  QuestionType,
} from '../../src/domain/aeo-question/question-category.ts';
import type { SentimentLabel } from '../../src/domain/aeo-results/sentiment-label.ts';
import { Brand } from '../../src/domain/brand/brand.entity.ts';
import { BrandProfile } from '../../src/domain/brand/brand-profile.entity.ts';
import { listBrands, readProfile } from '../../src/domain/brand/read-profile.ts';
import type { Client } from '../../src/domain/client/client.entity.ts';
import type { Agency } from './agency.ts';

/** An answer; each brand is found where its name stands in the text, and ranked by who is named first. */
interface PutAnswer {
  platform: AnswerPlatformName;
  /** Null where there is none: it failed then, unless something else is said. */
  text: string | null;
  status?: AnswerStatus;
  errorCode?: string;
  failures?: number;
  /** How it speaks of brands; NEUTRAL where nothing is said. */
  sentiments?: Record<string, SentimentLabel>;
  /** Domains that it cites. */
  cites?: string[];
  isEmpty?: boolean;
  latencyMs?: number;
  cost?: string;
}

export interface PutQuestion {
  text: string;
  category?: QuestionCategory;
  type?: QuestionType;
  priority?: number;
  answers: PutAnswer[];
}

interface PutAudit {
  questions: PutQuestion[];
  /** Of an audit before, whose set-up it is to be of as well. */
  setUpId?: string;
  settings?: Partial<AeoSettings>;
  status?: AuditStatus;
  createdAt?: Date;
}

const scores = { POSITIVE: 0.5, NEUTRAL: 0, NEGATIVE: -0.5, MIXED: 0.1, UNGRADED: null };

/** Acme, the client's own, and two competitors; each has a domain such as `acme.example`. */
const brandNames = ['Acme', 'Rival', 'Third'];

/** OPENAI may search the web, ANTHROPIC may not. */
const auditSettings: AeoSettings = {
  ...{ categories: ['PRICING', 'COMPARISON'], customQuestions: [], proposeQuestions: false },
  platforms: [
    { platform: 'OPENAI', model: 'gpt-6.1-terra', webSearch: true },
    { platform: 'ANTHROPIC', model: 'claude-sonnet-5-5', webSearch: false },
  ],
  ...{ repetitions: 1, maxQuestions: 200, minPerCategory: 5, maxPerCategory: 50 },
  ...{ maxOutputTokens: 1024, costCap: null, confidenceThreshold: 0.7 },
  ...{ batchStrategy: 'FIXED_SIZE', batchSize: 10, batchPauseSeconds: 2 },
};

/** Give a client an audit that was made, without asking anybody; its brands as well, where it has none. */
export function putAudit(
  { database, cipher, tenant }: Pick<Agency, 'database' | 'cipher' | 'tenant'>,
  client: Pick<Client, 'id' | 'organizationId'>,
  { questions, setUpId, createdAt, status = 'COMPLETED', ...given }: PutAudit,
): Promise<{ auditId: string; setUpId: string; brandIds: Record<string, string> }> {
  const { id: clientId, organizationId } = client;
  const of = { organizationId, clientId };
  return database.withTenant(tenant, async (em) => {
    const brands = await putBrands(em, of);
    const settings = { ...auditSettings, ...given.settings };
    const setUp = { id: setUpId ?? randomUUID(), ...of, name: `Audit ${randomUUID()}`, settings };
    if (!setUpId)
      em.create(AeoSetUp, { ...setUp, timing: null, scheduleId: null, removedAt: null });
    const auditId = randomUUID();
    await em.flush();
    const [finishedAt, wanted] = [new Date(), questions.flatMap(({ answers }) => answers).length];
    em.create(AeoAudit, {
      ...{ id: auditId, ...of, setUpId: setUp.id, settings, status, stage: 'FINALIZING' },
      ...{
        profile: await readProfile(em, clientId),
        progress: 1,
        createdAt: createdAt ?? finishedAt,
      },
      ...{ questionCount: questions.length, answerCount: wanted, costEstimate: null },
      ...{ errorCode: null, errorMessage: null, requestedBy: null, jobRunId: null },
      ...{ startedAt: finishedAt, askingSince: finishedAt, finishedAt },
    });
    await em.flush();
    for (const [index, { text, answers, ...question }] of questions.entries()) {
      const { category = 'COMPARISON', type = 'INDUSTRY_GENERAL', priority = 0.5 } = question;
      const questionId = randomUUID();
      em.create(AeoQuestion, {
        ...{ id: questionId, ...of, auditId, place: index + 1, text, category, type, priority },
        ...{ provider: 'TEMPLATE', targetBrandId: null },
        factors: [{ name: 'TYPE', weight: 1, value: priority }],
      });
      await em.flush();
      for (const [place, answer] of answers.entries()) {
        const before = answers.slice(0, place).filter((each) => each.platform === answer.platform);
        const repetition = before.length + 1;
        await putAnswer(em, cipher, { ...of, auditId, questionId, repetition }, answer, brands);
      }
    }
    const brandIds = Object.fromEntries(brands.map(({ id, name }) => [name, id]));
    return { auditId, setUpId: setUp.id, brandIds };
  });
}

async function putBrands(
  em: EntityManager,
  of: { organizationId: string; clientId: string },
): Promise<Brand[]> {
  if (!(await em.findOne(BrandProfile, of.clientId))) {
    em.create(BrandProfile, {
      ...of,
      industry: 'project management software',
      products: [],
      locale: 'en',
    });
    for (const name of brandNames) {
      em.create(Brand, {
        ...{ ...of, name, isOwn: name === brandNames[0], aliases: [], contextWords: [] },
        ...{ domains: [`${name.toLowerCase()}.example`], removedAt: null },
      });
    }
    await em.flush();
  }
  return listBrands(em, of.clientId);
}

interface AnswerPlace {
  organizationId: string;
  clientId: string;
  auditId: string;
  questionId: string;
  repetition: number;
}

async function putAnswer(
  em: EntityManager,
  cipher: Agency['cipher'],
  of: AnswerPlace,
  answer: PutAnswer,
  brands: readonly Brand[],
): Promise<void> {
  const { platform, text, cites = [], sentiments = {}, isEmpty = false } = answer;
  const id = randomUUID();
  const isThere = text !== null;
  const content = isThere ? cipher.encrypt(JSON.stringify({ text, raw: '{}' })) : null;
  em.create(AeoAnswer, {
    ...{ id, ...of, platform, status: answer.status ?? (isThere ? 'ANSWERED' : 'FAILED') },
    ...{ contentCiphertext: content, isEmpty: isThere ? isEmpty : null, endedAt: new Date() },
    ...{ jobRunId: null, batch: 1, costCeiling: null, cost: answer.cost ?? null, refusals: 0 },
    ...{ failures: answer.failures ?? (isThere ? 0 : 1), errorCode: answer.errorCode ?? null },
    ...{ errorMessage: null, requestId: null, finishReason: isThere ? 'COMPLETE' : null },
    ...{ model: isThere ? 'some-model-1' : null, latencyMs: answer.latencyMs ?? null },
    ...{ inputTokens: isThere ? 100 : null, outputTokens: isThere ? 200 : null },
    searches: isThere ? cites.length : null,
  });
  await em.flush();
  if (!isThere) return;
  const placesOf = (name: string) => [...text.matchAll(new RegExp(name, 'g'))];
  const named = brands.toSorted(
    (one, other) => first(placesOf(one.name)) - first(placesOf(other.name)),
  );
  const shared = [id, of.organizationId, of.clientId, of.auditId];
  for (const [index, { id: brandId, name, domains }] of named.entries()) {
    const mentions = placesOf(name).map((match) => ({
      ...{ start: match.index, end: match.index + name.length, kind: 'NAME', confidence: 1 },
      sentiment: scores[sentiments[name] ?? 'NEUTRAL'],
    }));
    const cited = cites.filter((domain) => domains.includes(domain)).length;
    if (mentions.length + cited === 0) continue;
    const label = mentions.length > 0 ? (sentiments[name] ?? 'NEUTRAL') : null;
    await em.execute(
      `insert into aeo_findings (answer_id, organization_id, client_id, audit_id, brand_id, mention_count,
         citation_count, position, confidence, sentiment, sentiment_label, grader, mentions)
       values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'by hand', ?)`,
      [
        ...[...shared, brandId, mentions.length, cited, label && index + 1, label && 1],
        ...[label && scores[label], label, JSON.stringify(mentions)],
      ],
    );
  }
  for (const [index, domain] of cites.entries()) {
    const owner = brands.find(({ domains }) => domains.includes(domain));
    await em.execute(
      `insert into aeo_citations (answer_id, organization_id, client_id, audit_id, place, domain, url, title, brand_id)
       values (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      [...shared, index + 1, domain, `https://${domain}/page`, 'A page', owner?.id ?? null],
    );
  }
}

/** Where it is named first; what is not named comes last. */
function first([match]: { index: number }[]): number {
  return match?.index ?? Number.MAX_SAFE_INTEGER;
}
