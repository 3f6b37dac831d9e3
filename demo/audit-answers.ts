import type { Api } from '../client/api.ts';
import {
  AeoAuditProgressDocument,
  type AeoAuditStateFragment,
  CreateAeoSetUpDocument,
  CreatePlatformCredentialDocument,
  EstimateAeoAuditDocument,
  SetBrandProfileDocument,
  StartAeoAuditDocument,
} from '../client/operations.ts';
import type { FilePlaces } from './fetch-file.ts';
import { printAudit } from './print-audit.ts';
import { createProgressDisplay, type ShownJob } from './progress.ts';
import { reportAudit } from './report-audit.ts';

/** Models that there are prices of. */
const platforms = [
  { platform: 'OPENAI', model: 'gpt-5.4-mini' },
  { platform: 'ANTHROPIC', model: 'claude-haiku-5-5' },
  { platform: 'PERPLEXITY', model: 'perplexity/sonar' },
  { platform: 'GEMINI', model: 'gemini-3.6-flash' },
] as const;

/** Ask stand-ins of four AI platforms about a client's brand, once, show how far that is, and have a report made of it. */
export async function auditAnswers(api: Api, clientId: string, places: FilePlaces): Promise<void> {
  for (const { platform } of platforms) {
    await api.request(CreatePlatformCredentialDocument, {
      input: {
        ...{ source: platform, name: `Demo ${platform}`, secret: `key-of-${platform}` },
        idempotencyKey: `demo-key-${platform}`,
      },
    });
  }
  await api.request(SetBrandProfileDocument, {
    input: {
      ...{ clientId, name: 'Northwind', domains: ['northwind.example'] },
      ...{ industry: 'outdoor clothing', products: ['rain jackets'] },
      competitors: [
        { name: 'Contoso', domains: ['contoso.example'] },
        { name: 'Fabrikam', domains: ['fabrikam.example'] },
      ],
    },
  });
  const { createAeoSetUp } = await api.request(CreateAeoSetUpDocument, {
    input: {
      ...{ clientId, name: 'What AI says', categories: ['COMPARISON', 'RECOMMENDATION'] },
      ...{ platforms: [...platforms], maxQuestions: 12, batchStrategy: 'PLATFORM_OPTIMIZED' },
      idempotencyKey: `demo-set-up-${clientId}`,
    },
  });
  const { id: setUpId } = createAeoSetUp.aeoSetUp;
  const { estimateAeoAudit: estimate } = await api.request(EstimateAeoAuditDocument, { setUpId });
  const { questions, calls, cost } = estimate;
  console.log(`\nAudit of AI answers: ${questions} questions, ${calls} calls, about ${cost} USD`);
  const { startAeoAudit } = await api.request(StartAeoAuditDocument, {
    ...{ setUpId, idempotencyKey: `demo-audit-${clientId}` },
  });
  const display = createProgressDisplay();
  const show = display.add('Northwind in AI answers');
  for await (const { aeoAuditProgress } of api.subscribe(AeoAuditProgressDocument, {
    id: startAeoAudit.aeoAudit.id,
  })) {
    show(asJob(aeoAuditProgress));
  }
  display.stop();
  await printAudit(api, startAeoAudit.aeoAudit.id);
  await reportAudit(api, startAeoAudit.aeoAudit.id, places);
}

/** An audit as the display shows jobs. */
function asJob({ status, answerCount: total, progress }: AeoAuditStateFragment): ShownJob {
  const { stage, platforms } = progress;
  const done = platforms.reduce((sum, each) => sum + each.answered + each.failed + each.skipped, 0);
  return { stage, done, total, status: status.startsWith('COMPLETED') ? 'SUCCEEDED' : 'RUNNING' };
}
