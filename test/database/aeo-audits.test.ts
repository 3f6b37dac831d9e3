import { measureAudits } from '../../src/domain/aeo-audit/measure-audits.ts';
import {
  cancelAudit,
  pauseAudit,
  resumeAudit,
  retryAudit,
} from '../../src/domain/aeo-audit/steer-audit.ts';
import { readTexts } from '../../src/domain/aeo-results/read-texts.ts';
import { createAeoRig } from '../support/aeo-rig.ts';
import { type Agency, createAgency } from '../support/agency.ts';
import { runAs } from '../support/test-services.ts';

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
  expect(progress.get(audit.id)).toMatchObject({ progress: 1, estimatedCompletionAt: null });
});

test('what a platform does not answer is missing, and asked again on demand, alone', async () => {
  aeo.fake.behaviour.GEMINI.failure = 'MALFORMED';
  const started = await aeo.start();
  const audit = await aeo.ended(started);
  expect(audit).toMatchObject({ status: 'COMPLETED_WITH_ERRORS', errorCode: 'MALFORMED' });
  aeo.fake.reset();
  const { jobRunIds } = await aeo.steer((em) => retryAudit(em, aeo.actor, audit.id));
  await sendAll(jobRunIds);
  expect(await aeo.ended(started)).toMatchObject({ status: 'COMPLETED', errorCode: null });
  expect(aeo.fake.counts.OPENAI.requests).toBe(0);
  expect(aeo.fake.counts.GEMINI.answered.size).toBe(2);
});

test('a cost cap stops the asking before it could be passed', async () => {
  const audit = await aeo.ended(await aeo.start({ costCap: '0.1', batchSize: 1 }));
  const answers = await aeo.answersOf(audit.id);
  const spent = answers.reduce((sum, { cost }) => sum + Number(cost), 0);
  expect(audit).toMatchObject({ status: 'COMPLETED_WITH_ERRORS', errorCode: 'COST_CAP' });
  expect(spent).toBeLessThanOrEqual(0.1);
  expect(spent).toBeGreaterThan(0);
});

test('a paused audit asks nothing until it is resumed, and a cancelled one nothing more', async () => {
  const audit = await aeo.start({ batchSize: 1, batchPauseSeconds: 2 });
  const isBegun = () =>
    aeo.steer((em) => measureAudits(em, [audit.id])).then((all) => all.get(audit.id)?.batch === 1);
  await aeo.rig.until(audit.jobRunId ?? '', (run) => run.stage === 'PROCESSING_QUESTIONS');
  while (!(await isBegun())) await aeo.rig.sweep();
  await aeo.steer((em) => pauseAudit(em, aeo.actor, audit.id));
  await expect(aeo.steer((em) => retryAudit(em, aeo.actor, audit.id))).rejects.toThrow('paused');
  const resumed = await aeo.steer((em) => resumeAudit(em, aeo.actor, audit.id));
  expect(resumed.audit.status).toBe('RUNNING');
  const { jobRunIds } = await aeo.steer((em) => cancelAudit(em, aeo.actor, audit.id));
  await sendAll(jobRunIds);
  const ended = await aeo.ended(audit);
  expect(ended.status).toBe('CANCELLED');
  const statuses = (await aeo.answersOf(audit.id)).map(({ status }) => status);
  expect(statuses.filter((status) => status === 'SKIPPED').length).toBeGreaterThanOrEqual(4);
});
