import { loadConfig } from '../../src/config.ts';
import { AeoAudit } from '../../src/domain/aeo-audit/aeo-audit.entity.ts';
import { endOrphans } from '../../src/domain/aeo-audit/fail-audit.ts';
import { measureAudits } from '../../src/domain/aeo-audit/measure-audits.ts';
import { retryAudit } from '../../src/domain/aeo-audit/steer-audit.ts';
import { measurePlatforms } from '../../src/domain/aeo-results/measure-platforms.ts';
import { allAnswers, measureResults } from '../../src/domain/aeo-results/measure-results.ts';
import { countOutdatedAudits, removeAnswers } from '../../src/domain/aeo-results/remove-answers.ts';
import { auditPolicyOf } from '../../src/infra/audit-policy-of.ts';
import { putAudit } from '../support/aeo-audits.ts';
import { type Agency, addClient, createAgency } from '../support/agency.ts';
import { runAs } from '../support/test-services.ts';

let agency: Agency;
const asTenant = <T>(fn: Parameters<typeof agency.database.withTenant<T>>[1]) =>
  agency.database.withTenant(agency.tenant, fn);
const asSuperuser = <Row extends object>(sql: string) => runAs<Row>(agency.urls.superuserUrl, sql);

beforeAll(async () => {
  agency = await createAgency();
});
afterAll(() => agency?.close());

const questions = [
  {
    text: 'Which tool plans best?',
    answers: [
      {
        platform: 'OPENAI' as const,
        text: 'Acme, then Rival.',
        cites: ['acme.example'],
        cost: '0.25',
      },
      { platform: 'ANTHROPIC' as const, text: null, errorCode: 'TIMEOUT' },
    ],
  },
];

/** What can be told of an audit. */
async function tell(id: string) {
  return asTenant(async (em) => ({
    results: (await measureResults(em, [id], allAnswers)).get(id),
    platforms: (await measurePlatforms(em, [id])).get(id),
    spent: (await measureAudits(em, [id])).get(id)?.spent,
  }));
}

test('after 90 days questions and answers are gone, and the figures are what they were', async () => {
  const client = await addClient(agency, 'Kept for a while');
  const status = 'COMPLETED_WITH_ERRORS';
  const { auditId } = await putAudit(agency, client, { questions, status });
  const { auditId: young } = await putAudit(agency, client, { questions });
  await asSuperuser(
    `update aeo_audits set finished_at = now() - interval '91 days' where id = '${auditId}'`,
  );
  const before = await tell(auditId);
  expect(before.results?.brands[0]?.visibility.value).toBe(1);
  expect(await asTenant((em) => countOutdatedAudits(em, 90))).toBe(1);
  expect(await asTenant((em) => removeAnswers(em, 90))).toBe(1);
  expect(await asTenant((em) => removeAnswers(em, 90))).toBe(0);
  expect(await tell(auditId)).toEqual(before);
  const left = await asSuperuser<{ audit_id: string }>(
    `select distinct audit_id from (select audit_id from aeo_questions union all select audit_id from aeo_answers
       union all select audit_id from aeo_findings union all select audit_id from aeo_citations) rest`,
  );
  expect(left).toEqual([{ audit_id: young }]);
  const filter = { platforms: ['OPENAI' as const], categories: null };
  const some = await asTenant((em) => measureResults(em, [auditId], filter));
  expect(some.get(auditId)?.brands[0]?.visibility.value).toBeNull();
  expect(some.get(auditId)?.answersRemovedAt).toBeInstanceOf(Date);
  expect(before.results?.answersRemovedAt).toBeNull();
  const again = asTenant((em) =>
    retryAudit(em, agency.actor, auditPolicyOf(loadConfig({})), auditId),
  );
  await expect(again).rejects.toThrow('no longer kept: begin another audit');
});

test('an audit that nothing leads any more is ended with its jobs, and one that goes on is not', async () => {
  const client = await addClient(agency, 'Orphaned');
  const { auditId } = await putAudit(agency, client, { questions });
  const { auditId: other } = await putAudit(agency, client, { questions });
  const [job] = await asSuperuser<{ id: string }>(
    `insert into job_runs (organization_id, name, queue, payload, max_attempts, run_at)
     values ('${client.organizationId}', 'run-aeo-audit', 'audits', '{}', 1, now() + interval '1 hour') returning id`,
  );
  await asSuperuser(
    `update aeo_audits set status = 'RUNNING', finished_at = null, job_run_id = '${job?.id}',
       active_at = now() - interval '25 hours' where id = '${auditId}'`,
  );
  await asSuperuser(
    `update aeo_audits set status = 'RUNNING', finished_at = null, active_at = now() - interval '23 hours'
     where id = '${other}'`,
  );
  await asSuperuser(
    `update aeo_answers set status = 'RELEASED' where audit_id = '${auditId}' and status = 'FAILED'`,
  );
  expect(await asTenant((em) => endOrphans(em, 24))).toBe(1);
  const audit = await asTenant((em) => em.findOneOrFail(AeoAudit, auditId));
  expect(audit).toMatchObject({ status: 'FAILED', errorCode: 'ORPHANED' });
  const state = await asSuperuser<object>(
    `select j.status as job, j.cancel_requested_at is not null as told,
       (select string_agg(status, ' ' order by status) from aeo_answers where audit_id = '${auditId}') as answers
     from job_runs j where j.id = '${job?.id}'`,
  );
  expect(state).toEqual([{ job: 'CANCELLED', told: true, answers: 'ANSWERED SKIPPED' }]);
});
