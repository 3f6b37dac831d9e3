import { readFileSync } from 'node:fs';
import { answerPlatformNames } from '../../src/domain/aeo-audit/answer-platform.ts';
import { startProcess } from '../../src/infra/child-process.ts';
import { workerOptions, workerScript } from '../../src/infra/worker-process.ts';
import type { BenchInstallation } from '../installation.ts';
import type { openAudits } from './audits.ts';
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

/** One audit by so many workers: how fast, beside what the limits allow, and what it takes of them. */
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
  const args = ['--queues', 'audits', '--concurrency', '100'];
  const processes = await Promise.all(
    Array.from({ length: workers }, () =>
      startProcess(workerScript, { nodeOptions: workerOptions, args, env }),
    ),
  );
  // Once to warm up: connections, plans, compiled code.
  await audits.ended(await audits.start(questions));
  const before = processes.map(({ pid }) => cpuMsOf(pid));
  const { status, answers, seconds, refused } = await audits.ended(await audits.start(questions));
  if (status !== 'COMPLETED') throw new Error(`The audit is ${status}`);
  const cpu = processes.reduce(
    (sum, { pid }, index) => sum + cpuMsOf(pid) - (before[index] ?? 0),
    0,
  );
  const rssMb = Math.max(...processes.map(({ pid }) => peakRssMb(pid)));
  for (const { stop } of processes) await stop();
  const perPlatform = answers / answerPlatformNames.length;
  // The first ones come at once, the others one by one, and the last is answered after a while.
  const allowedSeconds =
    Math.max(0, perPlatform - limits.burst) / (limits.perMinute / 60) + limits.latencyMs / 1000;
  return {
    perSecond: answers / seconds,
    allowedPerSecond: answers / allowedSeconds,
    cpuMs: cpu / answers,
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
