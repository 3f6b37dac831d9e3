import { readFileSync } from 'node:fs';
import { answerPlatformNames } from '../../src/domain/aeo-audit/answer-platform.ts';
import { startProcess } from '../../src/infra/child-process.ts';
import { workerOptions, workerScript } from '../../src/infra/worker-process.ts';
import type { BenchInstallation } from '../installation.ts';
import type { AuditFacts, openAudits } from './audits.ts';
import type { PlatformLimits } from './platforms.ts';

export interface AuditBench {
  installation: BenchInstallation;
  audits: Awaited<ReturnType<typeof openAudits>>;
  /** Empty where the queue is on PostgreSQL. */
  redisUrl: string;
  standIns: string;
  limits: PlatformLimits;
}

/** Ticks a second of the times in /proc, on every Linux that Node runs on. */
const ticksPerSecond = 100;

/** Audits of which the one in the middle counts. */
const measured = 3;

/** Audits by so many workers: how fast, beside what the limits allow, and what they take of them. */
export async function measureAudit(
  { installation, audits, redisUrl, standIns, limits }: AuditBench,
  workers: number,
  questions: number,
) {
  const rpm = String(limits.perMinute);
  const env = {
    ...installation.env('worker'),
    REDIS_URL: redisUrl,
    ...{ PLATFORM_STAND_INS: standIns, AUDIT_PLATFORM_BURST: String(limits.burst) },
    ...{ AUDIT_OPENAI_RPM: rpm, AUDIT_ANTHROPIC_RPM: rpm, AUDIT_PERPLEXITY_RPM: rpm },
    ...{ AUDIT_GOOGLE_AI_RPM: rpm },
  };
  const args = ['--queues', 'audits'];
  const processes = await Promise.all(
    Array.from({ length: workers }, () =>
      startProcess(workerScript, { nodeOptions: workerOptions, args, env }),
    ),
  );
  const audit = async () => {
    const facts = await audits.ended(await audits.start(questions));
    if (facts.status !== 'COMPLETED') throw new Error(`The audit is ${facts.status}`);
    return facts;
  };
  const cpuMs = () => processes.reduce((sum, { pid }) => sum + cpuMsOf(pid), 0);
  // To warm up, each worker as much: connections, plans, compiled code.
  for (let times = 0; times <= workers; times += 1) await audit();
  const before = cpuMs();
  const facts: AuditFacts[] = [];
  while (facts.length < measured) facts.push(await audit());
  const cpu = cpuMs() - before;
  const answers = facts[0]?.answers ?? 0;
  const seconds = facts.map((each) => each.seconds).toSorted((one, other) => one - other);
  const refused = facts.reduce((sum, each) => sum + each.refused, 0);
  const rssMb = Math.max(...processes.map(({ pid }) => peakRssMb(pid)));
  for (const { stop } of processes) await stop();
  const perPlatform = answers / answerPlatformNames.length;
  // The first ones come at once, the others one by one, and the last is answered after a while.
  const allowedSeconds =
    Math.max(0, perPlatform - limits.burst) / (limits.perMinute / 60) + limits.latencyMs / 1000;
  return {
    perSecond: answers / (seconds[Math.floor(measured / 2)] ?? 0),
    allowedPerSecond: answers / allowedSeconds,
    cpuMs: cpu / (answers * measured),
    ...{ rssMb, refused },
  };
}

/** User and system time of a process so far, in milliseconds. */
function cpuMsOf(pid: number | undefined): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return ((Number(fields[11]) + Number(fields[12])) / ticksPerSecond) * 1000;
}

function peakRssMb(pid: number | undefined): number {
  const [, kilobytes] = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return (Number(kilobytes) * 1024) / 1e6;
}
