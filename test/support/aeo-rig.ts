import { loadConfig } from '../../src/config.ts';
import { answerSources } from '../../src/connectors/answers/registry.ts';
import { AeoAnswer } from '../../src/domain/aeo-audit/aeo-answer.entity.ts';
import { AeoAudit, isOpen } from '../../src/domain/aeo-audit/aeo-audit.entity.ts';
import { answerPlatformNames } from '../../src/domain/aeo-audit/answer-platform.ts';
import { createSetUp, type NewSetUp } from '../../src/domain/aeo-audit/save-set-up.ts';
import { startAudit } from '../../src/domain/aeo-audit/start-audit.ts';
import { pauseAudit } from '../../src/domain/aeo-audit/steer-audit.ts';
import { setBrandProfile } from '../../src/domain/brand/set-brand-profile.ts';
import { createPlatformCredential } from '../../src/domain/platform-credential/create-platform-credential.ts';
import { auditPolicyOf } from '../../src/infra/audit-policy-of.ts';
import { connectAnswerPlatforms } from '../../src/infra/platforms/connect-answer-platforms.ts';
import { askPlatform } from '../../src/jobs/ask-platform.job.ts';
import type { JobDefinition } from '../../src/jobs/define-job.ts';
import { runAeoAudit } from '../../src/jobs/run-aeo-audit.job.ts';
import { startScheduledAeoAudit } from '../../src/jobs/start-scheduled-aeo-audit.job.ts';
import { type Agency, addClient } from './agency.ts';
import { startAnswerPlatforms } from './answer-platforms/answer-server.ts';
import { createJobRig } from './in-process-workers.ts';

const policy = auditPolicyOf(loadConfig({}));
const cheap = {
  ...{ OPENAI: 'gpt-5.4-mini', ANTHROPIC: 'claude-haiku-5-5' },
  ...{ PERPLEXITY: 'sonar', GEMINI: 'gemini-3.6-flash' },
};

/** A client whose brand is among those that the stand-ins name, and the jobs that audit it. */
export async function createAeoRig(agency: Agency) {
  const { database, tenant, actor, cipher } = agency;
  const fake = await startAnswerPlatforms();
  const connected = connectAnswerPlatforms(answerSources, {
    PLATFORM_STAND_INS: fake.standIns,
    AUDIT_PLATFORM_TIMEOUT_SECONDS: 5,
    AUDIT_MAX_ANSWER_BYTES: 2_000_000,
  });
  const platforms = connected.answerPlatforms;
  const definitions = [
    runAeoAudit,
    askPlatform,
    startScheduledAeoAudit,
  ] as unknown as JobDefinition[];
  const rig = await createJobRig(agency, definitions, undefined, undefined, platforms);
  const client = await addClient(agency, 'Northwind');
  await database.withTenant(tenant, async (em) => {
    for (const source of answerPlatformNames) {
      const key = { clientId: null, source, name: source, secret: `key-of-${source}` };
      await createPlatformCredential(em, actor, { platforms, cipher }, key);
    }
    await setBrandProfile(em, actor, {
      ...{ clientId: client.id, name: 'Northwind', aliases: [], domains: ['northwind.example'] },
      ...{ contextWords: [], industry: 'project management software', products: [], locale: 'en' },
      competitors: [
        { name: 'Contoso', aliases: [], domains: ['contoso.example'], contextWords: [] },
        { name: 'Fabrikam', aliases: [], domains: ['fabrikam.example'], contextWords: [] },
      ],
    });
  });
  const steer = <T>(fn: Parameters<typeof database.withTenant<T>>[1]) =>
    database.withTenant(tenant, fn);
  return {
    ...{ fake, rig, client },
    /** Begin an audit, or one that is paused at once; two questions of a category at all platforms where nothing else is said. */
    async start(wanted: Partial<NewSetUp> = {}, begun?: 'PAUSED'): Promise<AeoAudit> {
      const setUp = await steer((em) =>
        createSetUp(em, actor, policy, {
          ...{ clientId: client.id, name: `Set-up ${Math.random()}`, categories: ['PRICING'] },
          platforms: answerPlatformNames.map((platform) => ({
            ...{ platform, model: cheap[platform], webSearch: true },
          })),
          ...{ minPerCategory: 0, maxPerCategory: 2, maxQuestions: 2, batchPauseSeconds: 0 },
          ...wanted,
        }),
      );
      return begin(setUp.id, begun);
    },
    begin,
    steer,
    actor,
    /** An audit once it has ended. */
    async ended({ id, jobRunId }: Pick<AeoAudit, 'id' | 'jobRunId'>): Promise<AeoAudit> {
      await rig.ended(jobRunId ?? '');
      const audit = await steer((em) => em.findOneOrFail(AeoAudit, id));
      if (isOpen(audit.status)) throw new Error('The audit has not ended');
      return audit;
    },
    answersOf: (auditId: string) =>
      steer((em) => em.find(AeoAnswer, { auditId }, { orderBy: { platform: 'asc' } })),
    async close() {
      await rig.close();
      await connected.close();
      fake.close();
    },
  };

  async function begin(setUpId: string, begun?: 'PAUSED'): Promise<AeoAudit> {
    let jobRunId = '';
    const audit = await steer(async (em) => {
      const started = await startAudit(em, actor, policy, setUpId, async ({ id, clientId }) => {
        jobRunId = await rig.addIn(em, runAeoAudit, { auditId: id }, { clientId });
        return jobRunId;
      });
      if (begun) await pauseAudit(em, actor, started.id);
      return started;
    });
    await rig.send(jobRunId);
    return audit;
  }
}
