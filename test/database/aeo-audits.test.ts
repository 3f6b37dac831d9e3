import type { EntityManager } from '@mikro-orm/postgresql';
import { loadConfig } from '../../src/config.ts';
import { AeoAnswer } from '../../src/domain/aeo-audit/aeo-answer.entity.ts';
import { AeoAudit } from '../../src/domain/aeo-audit/aeo-audit.entity.ts';
import { AeoQuestion } from '../../src/domain/aeo-audit/aeo-question.entity.ts';
import { AeoSetUp } from '../../src/domain/aeo-audit/aeo-set-up.entity.ts';
import {
  answerPlatformNames,
  type PlatformAnswer,
} from '../../src/domain/aeo-audit/answer-platform.ts';
import { estimateSetUp } from '../../src/domain/aeo-audit/estimate-set-up.ts';
import { finishAudit } from '../../src/domain/aeo-audit/finish-audit.ts';
import { answerRows, keepAnswers } from '../../src/domain/aeo-audit/keep-answers.ts';
import { findProposals, forgetProposals } from '../../src/domain/aeo-audit/keep-proposals.ts';
import { measureAudits } from '../../src/domain/aeo-audit/measure-audits.ts';
import { openAnswers } from '../../src/domain/aeo-audit/open-answers.ts';
import { requestOf } from '../../src/domain/aeo-audit/question-providers.ts';
import { releaseAnswers } from '../../src/domain/aeo-audit/release-answers.ts';
import { updateSetUp } from '../../src/domain/aeo-audit/save-set-up.ts';

import { cancelAudit, resumeAudit, retryAudit } from '../../src/domain/aeo-audit/steer-audit.ts';
import { takeStock } from '../../src/domain/aeo-audit/take-stock.ts';
import { readTexts } from '../../src/domain/aeo-results/read-texts.ts';
import type { AuditedProfile } from '../../src/domain/brand/audited-profile.ts';
import { setBrandProfile, type WantedProfile } from '../../src/domain/brand/set-brand-profile.ts';
import { checkAnswerPlatforms } from '../../src/domain/health/check-answer-platforms.ts';
import { PlatformCredential } from '../../src/domain/platform-credential/platform-credential.entity.ts';
import { isReplaced, noteRefused } from '../../src/domain/platform-credential/platform-state.ts';
import { auditPolicyOf } from '../../src/infra/audit-policy-of.ts';
import { askPlatform } from '../../src/jobs/ask-platform.job.ts';
import type { AddJob, JobContext } from '../../src/jobs/define-job.ts';
import { releaseNext } from '../../src/jobs/run-aeo-audit/release-next.ts';
import { startScheduledAeoAudit } from '../../src/jobs/start-scheduled-aeo-audit.job.ts';
import { stopJob } from '../../src/jobs/stop-job.ts';
import { createAeoRig } from '../support/aeo-rig.ts';
import { type Agency, createAgency } from '../support/agency.ts';
import { parseExposition } from '../support/exposition.ts';
import { runAs } from '../support/test-services.ts';

const policy = auditPolicyOf(loadConfig({}));
let agency: Agency;
let aeo: Awaited<ReturnType<typeof createAeoRig>>;

beforeAll(async () => {
  agency = await createAgency();
  aeo = await createAeoRig(agency);
  aeo.rig.startWorker(16);
});
afterAll(async () => {
  await aeo?.close();
  await agency?.close();
});
beforeEach(() => aeo.fake.reset());

const sendAll = (jobRunIds: string[]) => Promise.all(jobRunIds.map((id) => aeo.rig.send(id)));

test('an audit asks every platform each of its questions once, and finds the brands in the answers', async () => {
  const audit = await aeo.ended(await aeo.start());
  expect(audit).toMatchObject({
    status: 'COMPLETED',
    progress: 1,
    questionCount: 2,
    answerCount: 8,
    notes: [expect.stringContaining('No product is given')],
  });
  for (const { answered } of Object.values(aeo.fake.counts)) {
    expect([...answered.values()]).toEqual([1, 1]);
  }
  const answers = await aeo.answersOf(audit.id);
  expect(answers.map(({ status }) => status)).toEqual(Array(8).fill('ANSWERED'));
  expect(answers.every(({ cost }) => Number(cost) > 0)).toBe(true);
  const ids = answers.map(({ id }) => id);
  const texts = await aeo.steer((em) => readTexts(em, agency.cipher, ids));
  expect([...texts.values()]).toEqual(Array(8).fill(expect.any(String)));
  const found = await runAs<{ name: string; mentions: number }>(
    agency.urls.superuserUrl,
    `select b.name, sum(f.mention_count)::int as mentions from aeo_findings f
     join brands b on b.id = f.brand_id where f.audit_id = '${audit.id}' group by 1 order by 1`,
  );
  expect(found.some(({ mentions }) => mentions > 0)).toBe(true);
  const progress = await aeo.steer((em) => measureAudits(em, [audit.id]));
  expect(progress.get(audit.id)).toMatchObject({
    ...{ progress: 1, stageProgress: 1, estimatedCompletionAt: null },
  });
});

test('what a platform does not answer is missing, and asked again on demand, alone', async () => {
  aeo.fake.behaviour.GEMINI.failure = 'MALFORMED';
  const started = await aeo.start();
  const audit = await aeo.ended(started);
  expect(audit).toMatchObject({ status: 'COMPLETED_WITH_ERRORS', errorCode: 'MALFORMED' });
  aeo.fake.reset();
  const { jobRunIds } = await aeo.steer((em) => retryAudit(em, aeo.actor, policy, audit.id));
  await sendAll(jobRunIds);
  expect(await aeo.ended(started)).toMatchObject({ status: 'COMPLETED', errorCode: null });
  expect(aeo.fake.counts.OPENAI.requests).toBe(0);
  expect(aeo.fake.counts.GEMINI.answered.size).toBe(2);
});

test('an answer with figures, names and addresses beyond all bounds is kept as far as it goes, and takes no other with it', async () => {
  aeo.fake.behaviour.OPENAI.failure = 'ABSURD';
  const audit = await aeo.ended(await aeo.start());
  expect(audit).toMatchObject({ status: 'COMPLETED' });
  expect(Object.values(aeo.fake.counts).map(({ requests }) => requests)).toEqual([2, 2, 2, 2]);
  const [absurd] = (await aeo.answersOf(audit.id)).filter(({ platform }) => platform === 'OPENAI');
  expect(absurd).toMatchObject({ inputTokens: 10_000_000, model: 'i'.repeat(200) });
});

test('a cost cap stops the asking before it could be passed', async () => {
  const audit = await aeo.ended(await aeo.start({ costCap: '0.1', batchSize: 1 }));
  const answers = await aeo.answersOf(audit.id);
  const spent = answers.reduce((sum, { cost }) => sum + Number(cost), 0);
  expect(audit).toMatchObject({ status: 'COMPLETED_WITH_ERRORS', errorCode: 'COST_CAP' });
  expect(spent).toBeLessThanOrEqual(0.1);
  expect(spent).toBeGreaterThan(0);
});

test('what proposing questions costs is spent, and not proposed where the cap has no room for it', async () => {
  const platforms = [{ platform: 'OPENAI' as const, model: 'gpt-5.4-mini', webSearch: false }];
  const proposing = { platforms, proposeQuestions: true };
  const begun = [await aeo.start(proposing), await aeo.start({ ...proposing, costCap: '0.03' })];
  const [proposed, capped] = await Promise.all(begun.map((audit) => aeo.ended(audit)));
  expect(capped).toMatchObject({ status: 'COMPLETED', proposalCost: null });
  // Two answers of each, and one proposal.
  expect(aeo.fake.counts.OPENAI.requests).toBe(5);
  const { id = '', proposalCost } = proposed ?? {};
  const answers = await aeo.answersOf(id);
  const spent = (await aeo.steer((em) => measureAudits(em, [id]))).get(id)?.spent;
  expect(Number(proposalCost)).toBeGreaterThan(0);
  expect(Number(spent)).toBeCloseTo(
    answers.reduce((sum, { cost }) => sum + Number(cost), Number(proposalCost)),
  );
});

test('names that nobody could find, or no text can hold, are refused', async () => {
  const brand = { domains: [], contextWords: [] };
  const name = (given: string, aliases: string[] = []) =>
    aeo.steer((em) =>
      setBrandProfile(em, aeo.actor, {
        ...{ ...brand, clientId: aeo.client.id, name: given, aliases, industry: null },
        ...{ products: [], locale: 'en', competitors: [] },
      }),
    );
  for (const each of ['.*', 'a'.repeat(101), '\ud800', '\u202eacme']) {
    await expect(name(each)).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
    await expect(name('Acme', [each])).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
  }
  await expect(aeo.start({ name: '\ud800' })).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
});

test('a key that was replaced while a question was asked with it is not the one that is refused', async () => {
  const credential = await aeo.steer((em) =>
    em.findOneOrFail(PlatformCredential, { source: 'OPENAI' }),
  );
  const stale = { id: credential.id, secretCiphertext: agency.cipher.encrypt('the one before') };
  await aeo.steer((em) => noteRefused(em, stale));
  expect(await aeo.steer((em) => isReplaced(em, stale))).toBe(true);
  const after = await aeo.steer((em) => em.findOneOrFail(PlatformCredential, credential.id));
  expect(after.status).not.toBe('REFUSED');
  expect(await aeo.steer((em) => isReplaced(em, after))).toBe(false);
});

test('a cost cap over a model without a price is refused: nobody could hold to it', async () => {
  const platforms = [{ platform: 'OPENAI' as const, model: 'unheard-of', webSearch: true }];
  await expect(aeo.start({ platforms, costCap: '1' })).rejects.toMatchObject({
    ...{ code: 'BAD_USER_INPUT', fields: ['costCap', 'platforms'] },
  });
});

test('audits of one set-up ask what the first one had proposed, until that is to be forgotten', async () => {
  const { OPENAI: openai } = aeo.fake.behaviour;
  const cheap = { platform: 'OPENAI' as const, model: 'gpt-5.4-mini', webSearch: true };
  const wanted = {
    platforms: [cheap],
    proposeQuestions: true,
    maxPerCategory: 50,
    maxQuestions: 50,
  };
  const proposed = async (audit: AeoAudit) => {
    await aeo.rig.until(audit.jobRunId ?? '', ({ done }) => done === 1);
    const { jobRunIds } = await aeo.steer((em) => cancelAudit(em, aeo.actor, audit.id));
    await sendAll(jobRunIds);
    await aeo.ended(audit);
    const questions = await aeo.steer((em) =>
      em.find(AeoQuestion, { auditId: audit.id }, { orderBy: { place: 'asc' } }),
    );
    const prompts = [...aeo.fake.counts.OPENAI.answered.keys()].filter((text) =>
      text.startsWith('Write 50 questions'),
    );
    const own = questions.filter(({ provider }) => provider === 'AI').map(({ text }) => text);
    return { own, all: questions.map(({ text }) => text), prompts: prompts.length };
  };
  openai.proposals = [
    'Which planner has fees by the hour?',
    'Which cost of a planner do florists bear?',
  ];
  const audit = await aeo.start({ ...wanted, batchSize: 1, batchPauseSeconds: 3_600 });
  const first = await proposed(audit);
  expect(first).toMatchObject({ own: expect.arrayContaining(openai.proposals), prompts: 1 });
  openai.proposals = ['What does a planner for choirs cost?'];
  expect(await proposed(await aeo.begin(audit.setUpId))).toEqual(first);
  const estimate = () => aeo.steer((em) => estimateSetUp(em, audit.setUpId));
  expect((await estimate()).questions).toBe(first.all.length);
  // By what else a brand is known changes no question; its industry does.
  const setUp = await aeo.steer((em) => em.findOneOrFail(AeoSetUp, audit.setUpId));
  const keptFor = (profile: Partial<AuditedProfile>) =>
    findProposals(setUp, requestOf(setUp.settings, { ...audit.profile, ...profile }));
  const brands = audit.profile.brands.map((brand) => ({ ...brand, aliases: ['Known as'] }));
  expect(keptFor({ brands })).toHaveLength(2);
  expect(keptFor({ industry: 'choir software' })).toBeNull();
  await aeo.steer((em) => forgetProposals(em, aeo.actor, audit.setUpId));
  expect((await estimate()).questions).toBe(first.all.length - 2);
});

test('an audit that is paused asks nothing, and asks all once it is resumed', async () => {
  const audit = await aeo.start({}, 'PAUSED');
  await aeo.rig.sweep();
  const requests = () => Object.values(aeo.fake.counts).map((count) => count.requests);
  expect(requests()).toEqual([0, 0, 0, 0]);
  await expect(aeo.steer((em) => retryAudit(em, aeo.actor, policy, audit.id))).rejects.toThrow(
    'paused',
  );
  // A job that ran when it was paused is there to go on with it, should it be resumed before that job has ended.
  const asJob = (fn: (em: EntityManager, add: AddJob) => Promise<unknown>) =>
    aeo.steer((em) => fn(em, () => Promise.reject(new Error('nothing is asked'))));
  const context = { ...aeo.rig.options, enqueue: asJob, report() {} } as unknown as JobContext;
  expect(await releaseNext(context, audit.id)).toBe(10_000);
  const resumed = await aeo.steer((em) => resumeAudit(em, aeo.actor, audit.id));
  expect(resumed.audit.status).toBe('PENDING');
  await sendAll(resumed.jobRunIds);
  expect(await aeo.ended(audit)).toMatchObject({ status: 'COMPLETED' });
  expect(requests()).toEqual([2, 2, 2, 2]);
});

test('a question that its job left alone, since the audit was paused just then, is asked again', async () => {
  const audit = await aeo.ended(await aeo.start());
  const stock = await aeo.steer(async (em) => {
    await em.execute(
      `update aeo_answers set status = 'RELEASED', content_ciphertext = null where audit_id = ? and platform = 'GEMINI'`,
      [audit.id],
    );
    // Weeks may lie between, in milliseconds more than an int holds.
    await em.execute(
      `update aeo_answers set ended_at = ended_at - interval '80 days' where audit_id = ?`,
      [audit.id],
    );
    return takeStock(em, audit.id, audit.batch);
  });
  expect(stock.idleMs).toBeGreaterThan(79 * 24 * 60 * 60_000);
  // Its speed is that of what was answered since it was last begun, and not over the weeks between.
  const progress = await aeo.steer((em) => measureAudits(em, [audit.id]));
  expect(progress.get(audit.id)).toMatchObject({ answersPerMinute: null });
  expect(stock.platforms).toContainEqual(
    expect.objectContaining({ platform: 'GEMINI', pending: 2, released: 0, failed: 0 }),
  );
});

test('what is on its way counts against the cap; of an audit that is paused nothing is opened, and of one that ended nothing kept', async () => {
  const { id } = await aeo.ended(await aeo.start());
  const rolledBack = new Error('rolled back');
  const looking = aeo.steer(async (em) => {
    const audit = await em.findOneOrFail(AeoAudit, id);
    Object.assign(audit.settings, { costCap: '1' });
    const set = (sql: string) =>
      em.execute(`update aeo_answers set ${sql} where audit_id = ?`, [id]);
    await set(`status = 'PENDING', content_ciphertext = null`);
    const stock = { ...(await takeStock(em, id, 0)), spent: '0.3', committed: '0.4' };
    const released = await releaseAnswers(em, audit, {
      ...{
        release: { kind: 'QUESTIONS', questions: 2, platforms: [...answerPlatformNames] },
        stock,
      },
      paces: aeo.rig.options.answers.limits.paces,
      ceilings: new Map(answerPlatformNames.map((name) => [name, '0.1'])),
      enqueue: (answerId) => aeo.rig.addIn(em, askPlatform, { answerId }, audit),
    });
    expect(released).toEqual({ released: 3, isCapped: true });
    expect(await takeStock(em, id, 0)).toMatchObject({
      committed: expect.stringMatching(/^0\.30*$/),
    });
    const ids = (await em.find(AeoAnswer, { auditId: id, status: 'RELEASED' })).map(
      (each) => each.id,
    );
    const opened = async (status: string) => {
      await em.execute('update aeo_audits set status = ? where id = ?', [status, id]);
      return (await openAnswers(em, ids)).map((each) => each !== null);
    };
    expect(await opened('PAUSED')).toEqual([false, false, false]);
    expect(await opened('RUNNING')).toEqual([true, true, true]);
    await set(`status = 'SKIPPED'`);
    const usage = { inputTokens: 1, outputTokens: 1, searches: 0 };
    const answer = { text: 'late', raw: '{}', citations: [], model: 'm', finishReason: 'COMPLETE' };
    const findings = { noInformation: false, brands: [] };
    const late = { id: ids[0] ?? '', findings, latencyMs: 1, cost: null, newsOf: null };
    const given = { ...answer, usage, requestId: null, rate: null } as unknown as PlatformAnswer;
    await keepAnswers(em, [answerRows(agency.cipher, { ...late, answer: given })]);
    expect(await em.count(AeoAnswer, { auditId: id, status: 'ANSWERED' })).toBe(0);
    throw rolledBack;
  });
  await expect(looking).rejects.toBe(rolledBack);
});

test('an audit that is cancelled asks nothing more, and keeps what was answered', async () => {
  const audit = await aeo.start({ batchSize: 1, batchPauseSeconds: 3_600 });
  await aeo.rig.until(audit.jobRunId ?? '', ({ done }) => done === 4);
  const { jobRunIds } = await aeo.steer((em) => cancelAudit(em, aeo.actor, audit.id));
  await sendAll(jobRunIds);
  expect(await aeo.ended(audit)).toMatchObject({ status: 'CANCELLED' });
  const statuses = (await aeo.answersOf(audit.id)).map(({ status }) => status);
  expect(statuses.toSorted()).toEqual([...Array(4).fill('ANSWERED'), ...Array(4).fill('SKIPPED')]);
});

test('an audit that is only just ending is not retried, and what is retried after that stands', async () => {
  const audit = await aeo.start({}, 'PAUSED');
  const setJob = (status: string) =>
    runAs(
      agency.urls.superuserUrl,
      `update job_runs set status = '${status}', finished_at = case when '${status}' <> 'RUNNING' then now() end
       where id = '${audit.jobRunId}'`,
    );
  await aeo.steer((em) => cancelAudit(em, aeo.actor, audit.id));
  const retry = () => aeo.steer((em) => retryAudit(em, aeo.actor, policy, audit.id));
  // Its worker has not been told of the cancel yet.
  await setJob('RUNNING');
  await expect(retry()).rejects.toThrow('only just ending');
  await setJob('CANCELLED');
  await sendAll((await retry()).jobRunIds);
  expect(await aeo.ended(audit)).toMatchObject({ status: 'COMPLETED' });
});

test('with the job that leads an audit the audit is cancelled', async () => {
  const audit = await aeo.start({}, 'PAUSED');
  const run = await aeo.steer((em) => stopJob(em, aeo.actor, audit.jobRunId ?? ''));
  expect(run.status).toBe('CANCELLED');
  expect(await aeo.ended(audit)).toMatchObject({ status: 'CANCELLED' });
});

test('an audit that failed for what may pass is taken up again three times, later each time', async () => {
  const { id } = await aeo.ended(await aeo.start());
  const fail = () =>
    aeo.steer(async (em) => {
      await em.execute(
        `update aeo_answers set status = 'FAILED', error_code = 'UNAVAILABLE', content_ciphertext = null
         where audit_id = ?`,
        [id],
      );
      const audit = await em.findOneOrFail(AeoAudit, id);
      const waitMs = await finishAudit(em, audit, await takeStock(em, id, 1), policy);
      return { waitMs, pending: await em.count(AeoAnswer, { auditId: id, status: 'PENDING' }) };
    });
  expect(await fail()).toEqual({ waitMs: 60_000, pending: 8 });
  const waiting = await aeo.steer((em) => em.findOneOrFail(AeoAudit, id));
  expect(waiting.errorMessage).toContain('asked again in 1 min (1 of 3)');
  expect(await fail()).toEqual({ waitMs: 120_000, pending: 8 });
  expect(await fail()).toEqual({ waitMs: 240_000, pending: 8 });
  expect(await fail()).toEqual({ waitMs: null, pending: 0 });
  const audit = await aeo.steer((em) => em.findOneOrFail(AeoAudit, id));
  expect(audit).toMatchObject({ status: 'FAILED', errorCode: 'UNAVAILABLE', recoveries: 3 });
});

test('a client has at most five audits under way', async () => {
  const ended = await aeo.start({}, 'PAUSED');
  await aeo.steer((em) => cancelAudit(em, aeo.actor, ended.id));
  const open = [];
  for (let count = 0; count < 5; count += 1) open.push(await aeo.start({}, 'PAUSED'));
  await expect(aeo.start()).rejects.toMatchObject({ code: 'CONFLICT' });
  const retried = aeo.steer((em) => retryAudit(em, aeo.actor, policy, ended.id));
  await expect(retried).rejects.toMatchObject({ code: 'CONFLICT' });
  for (const { id } of open) await aeo.steer((em) => cancelAudit(em, aeo.actor, id));
  expect(await aeo.ended(await aeo.start())).toMatchObject({ status: 'COMPLETED' });
});

test('audits are counted and timed by platform, and no metric names one of them', async () => {
  const look = async () => {
    const text = await aeo.rig.registry.metrics();
    const families = parseExposition(text);
    const read = (family: string, suffix = '', labels: Record<string, string> = {}) =>
      (families.get(family)?.samples ?? [])
        .filter(({ name }) => name === `${family}${suffix}`)
        .filter((each) =>
          Object.entries(labels).every(([key, value]) => each.labels[key] === value),
        )
        .reduce((sum, { value }) => sum + value, 0);
    const malformed = { platform: 'gemini', reason: 'malformed' };
    return {
      text,
      counts: {
        started: read('audit_runs_started_total'),
        completed: read('audit_runs_completed_total'),
        failed: read('audit_runs_failed_total'),
        generated: read('question_generation_duration_seconds', '_count'),
        batches: read('audit_batch_duration_seconds', '_count'),
        answered: read('platform_queries_total', '', { status: 'success' }),
        malformed: read('platform_errors_total', '', malformed),
        detected: read('brand_detection_duration_seconds', '_count'),
        timed: read('platform_query_latency_seconds', '_count'),
      },
    };
  };
  const before = await look();
  aeo.fake.behaviour.GEMINI.failure = 'MALFORMED';
  await aeo.ended(await aeo.start());
  const { counts, text } = await look();
  const grown = Object.entries(counts).map(([name, count]) => [
    name,
    count - before.counts[name as keyof typeof counts],
  ]);
  expect(Object.fromEntries(grown)).toEqual({
    ...{ started: 1, completed: 1, failed: 0, generated: 1, batches: 1 },
    // Each of the two that were malformed was asked once more.
    ...{ answered: 6, malformed: 4, detected: 6, timed: 10 },
  });
  expect(text).not.toContain(aeo.client.id);
});

test('an estimate is a guess at first, and of what answers took once some were given', async () => {
  const audit = await aeo.ended(await aeo.start());
  const estimate = () => aeo.steer((em) => estimateSetUp(em, audit.setUpId));
  const answers = await aeo.answersOf(audit.id);
  const spent = answers.reduce((sum, { cost }) => sum + Number(cost), 0);
  expect(Number(audit.costEstimate)).toBeGreaterThan(spent);
  expect(Number((await estimate()).cost)).toBeCloseTo(spent, 6);
  const model = { platform: 'OPENAI' as const, model: 'gpt-6.1-terra', webSearch: true };
  await aeo.steer((em) =>
    updateSetUp(em, aeo.actor, policy, { id: audit.setUpId, platforms: [model] }),
  );
  expect((await estimate()).platforms).toMatchObject([{ inputTokens: 2 * 9_040 }]);
});

test('health tries keys by calls that ask no question, and no more often than they may be tried', async () => {
  const { platforms } = aeo.rig.options.answers;
  const look = async (mayTry: boolean) => {
    const trial = { platforms, cipher: agency.cipher, transact: aeo.steer };
    const found = await checkAnswerPlatforms({ ...trial, mayTry: async () => mayTry });
    return Object.fromEntries(found.map(({ source, status }) => [source, status]));
  };
  const well = { ANTHROPIC: 'OK', GEMINI: 'OK', OPENAI: 'OK', PERPLEXITY: 'OK' };
  expect(await look(true)).toEqual(well);
  Object.assign(aeo.fake.behaviour.OPENAI, { key: 'another' });
  Object.assign(aeo.fake.behaviour.GEMINI, { failure: 'OUTAGE' });
  expect(await look(false)).toEqual(well);
  expect(await look(true)).toEqual({ ...well, OPENAI: 'FAILING', GEMINI: 'FAILING' });
  // That a key is refused is kept, that nobody answered is not.
  expect(await look(false)).toEqual({ ...well, OPENAI: 'FAILING' });
  const { counts } = aeo.fake;
  expect(Object.values(counts).map(({ requests }) => requests)).toEqual([0, 0, 0, 0]);
  expect(counts.ANTHROPIC.tests).toBe(2);
});

test('an audit that is due and cannot begin says why, until one begins', async () => {
  const timing = { frequency: 'WEEKLY' as const, time: '06:00', weekday: 1, monthDay: 1 };
  const { setUpId } = await aeo.start({ timing }, 'PAUSED');
  const due = async (status: 'ACTIVE' | 'DISABLED') => {
    await aeo.steer((em) =>
      em.execute('update clients set status = ? where id = ?', [status, aeo.client.id]),
    );
    const job = await aeo.rig.add(startScheduledAeoAudit, { setUpId }, { clientId: aeo.client.id });
    await aeo.rig.send(job);
    await aeo.rig.ended(job);
    const [schedule] = await aeo.steer((em) =>
      em.execute<{ skip_reason: string | null }[]>(
        'select skip_reason from schedules s join aeo_set_ups u on u.schedule_id = s.id where u.id = ?',
        [setUpId],
      ),
    );
    return [schedule?.skip_reason, await aeo.steer((em) => em.count(AeoAudit, { setUpId }))];
  };
  expect(await due('DISABLED')).toEqual(['The client is not active.', 1]);
  expect(await due('ACTIVE')).toEqual([null, 2]);
});

test('an estimate says whose key is refused, before its questions fail', async () => {
  const { setUpId } = await aeo.start({}, 'PAUSED');
  const notes = () => aeo.steer(async (em) => (await estimateSetUp(em, setUpId)).notes);
  expect(await notes()).not.toContainEqual(expect.stringContaining('PERPLEXITY'));
  await aeo.steer((em) =>
    em.execute(`update platform_credentials set status = 'REFUSED' where source = 'PERPLEXITY'`),
  );
  expect(await notes()).toContainEqual(expect.stringContaining('The key to PERPLEXITY is refused'));
});

test('what a set-up or a profile cannot mean is told with its fields', async () => {
  const few = { minPerCategory: null, maxPerCategory: 2 };
  expect((await aeo.start(few, 'PAUSED')).settings.minPerCategory).toBe(2);
  await expect(aeo.start({ minPerCategory: 5, maxPerCategory: 2 })).rejects.toMatchObject({
    fields: ['minPerCategory', 'maxPerCategory'],
  });
  const brand = { aliases: [], contextWords: [], domains: ['northwind.example'] };
  const profile = { ...brand, clientId: aeo.client.id, name: 'Northwind', locale: 'en' };
  const set = (changes: Partial<WantedProfile>) =>
    aeo.steer((em) =>
      setBrandProfile(em, aeo.actor, {
        ...{ ...profile, industry: null, products: [], competitors: [] },
        ...changes,
      }),
    );
  await expect(set({ domains: ['co.uk'] })).rejects.toMatchObject({ fields: ['domains'] });
  const twin = [{ ...brand, name: 'Contoso' }];
  await expect(set({ competitors: twin })).rejects.toThrow(
    'a domain of both Northwind and Contoso',
  );
});
