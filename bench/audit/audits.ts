import { loadConfig } from '../../src/config.ts';
import { answerSources } from '../../src/connectors/answers/registry.ts';
import { answerPlatformNames } from '../../src/domain/aeo-audit/answer-platform.ts';
import { createSetUp } from '../../src/domain/aeo-audit/save-set-up.ts';
import { startAudit } from '../../src/domain/aeo-audit/start-audit.ts';
import { questionCategories } from '../../src/domain/aeo-question/question-category.ts';
import { setBrandProfile } from '../../src/domain/brand/set-brand-profile.ts';
import { createClient } from '../../src/domain/client/create-client.ts';
import { createPlatformCredential } from '../../src/domain/platform-credential/create-platform-credential.ts';
import { auditPolicyOf } from '../../src/infra/audit-policy-of.ts';
import { createFieldCipher } from '../../src/infra/crypto.ts';
import { connectAnswerPlatforms } from '../../src/infra/platforms/connect-answer-platforms.ts';
import { openOutbox, sendJobRuns } from '../../src/jobs/enqueue.ts';
import { runAeoAudit } from '../../src/jobs/run-aeo-audit.job.ts';
import type { BenchInstallation } from '../installation.ts';
import { connectJobsCore } from '../jobs/connect.ts';

const models = {
  ...{ OPENAI: 'gpt-5.4-mini', ANTHROPIC: 'claude-haiku-5-5' },
  ...{ PERPLEXITY: 'sonar', GEMINI: 'gemini-3.6-flash' },
};
const competitors = [
  'Contoso',
  'Café Lumière',
  'Fabrikam',
  'Tailspin',
  'Adventure Works',
  'Litware',
];

/** Has audits made by whichever workers there are, each of a client of its own. */
export async function openAudits({ env, database, tenant }: BenchInstallation, redisUrl: string) {
  const { DATABASE_URL = '', ENCRYPTION_KEYS = '', BLIND_INDEX_KEY = '' } = env('worker');
  const cipher = createFieldCipher(ENCRYPTION_KEYS, BLIND_INDEX_KEY);
  const { core, close } = await connectJobsCore(DATABASE_URL, redisUrl || undefined);
  const policy = auditPolicyOf(loadConfig({}));
  const { answerPlatforms: platforms, close: closePlatforms } = connectAnswerPlatforms(
    answerSources,
    { PLATFORM_STAND_INS: undefined, AUDIT_PLATFORM_TIMEOUT_SECONDS: 1, AUDIT_MAX_ANSWER_BYTES: 1 },
  );
  await closePlatforms();
  const [user] = await database.withTenant(tenant, (em) =>
    em.execute<{ user_id: string }[]>('select user_id from memberships'),
  );
  const viewer = { userId: user?.user_id ?? '', email: '', role: 'OWNER' as const };
  const origin = { requestId: 'bench', ip: null, userAgent: null };
  const actor = { ...tenant, ...viewer, origin };
  let count = 0;

  return {
    /** Begin an audit. @returns its id. */
    async start(questions: number): Promise<string> {
      const name = `bench-${++count}`;
      const { auditId, jobRunIds } = await database.withTenant(tenant, async (em) => {
        const own = { timeZone: 'UTC', currency: 'USD' };
        const client = await createClient(em, actor, { name, kind: 'INDIVIDUAL', ...own });
        await em.flush();
        for (const source of answerPlatformNames) {
          const key = { clientId: client.id, source, name: source, secret: `key-of-${name}` };
          await createPlatformCredential(em, actor, { platforms, cipher }, key);
        }
        const brand = { aliases: [], domains: [], contextWords: [] };
        await setBrandProfile(em, actor, {
          ...{ clientId: client.id, name: 'Northwind', ...brand, domains: ['northwind.example'] },
          ...{ industry: 'CRM software', products: ['CRM', 'help desk'], locale: 'en' },
          competitors: competitors.map((each) => ({ name: each, ...brand })),
        });
        const setUp = await createSetUp(em, actor, policy, {
          ...{ clientId: client.id, name, categories: [...questionCategories] },
          platforms: answerPlatformNames.map((platform) => ({
            ...{ platform, model: models[platform], webSearch: true },
          })),
          ...{ maxQuestions: questions, batchStrategy: 'PLATFORM_OPTIMIZED' },
        });
        const outbox = openOutbox(em);
        const audit = await startAudit(em, actor, policy, setUp.id, ({ id, clientId }) =>
          outbox.add(runAeoAudit, { auditId: id }, { ...tenant, clientId }),
        );
        return { auditId: audit.id, jobRunIds: outbox.jobRunIds };
      });
      await sendJobRuns(core, jobRunIds);
      return auditId;
    },
    /** What an audit came to, once it has ended. */
    async ended(auditId: string): Promise<AuditFacts> {
      for (;;) {
        const [row] = await database.withTenant(tenant, (em) =>
          em.execute<AuditFacts[]>(
            `select u.status, count(*)::int as answers, sum(a.refusals)::int as refused,
               extract(epoch from max(a.ended_at) - min(a.ended_at - a.latency_ms * interval '1 millisecond'))::float8
                 as seconds
             from aeo_audits u join aeo_answers a on a.audit_id = u.id and a.status = 'ANSWERED'
             where u.id = ? and u.finished_at is not null group by u.id`,
            [auditId],
          ),
        );
        if (row) return row;
        await new Promise((wake) => setTimeout(wake, 100));
      }
    },
    close,
  };
}

export interface AuditFacts {
  status: string;
  answers: number;
  /** Times that a platform said to come later. */
  refused: number;
  /** From the first question to the last answer. */
  seconds: number;
}
