import { readFileSync } from 'node:fs';
import { startProcess } from '../../src/infra/child-process.ts';
import { workerOptions, workerScript } from '../../src/infra/worker-process.ts';
import type { BenchInstallation } from '../installation.ts';

/** A worker process as it is deployed. */
export interface BenchWorker {
  /** The most memory that it had resident at once, in MB. */
  peakRssMb(): number;
  stop(): Promise<void>;
}

export async function startWorker(
  { env }: BenchInstallation,
  queue = 'ingestion',
): Promise<BenchWorker> {
  const { pid, stop } = await startProcess(workerScript, {
    nodeOptions: workerOptions,
    args: ['--queues', queue],
    env: env('worker'),
  });
  return {
    peakRssMb() {
      const [, kilobytes] =
        /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
      return (Number(kilobytes) * 1024) / 1e6;
    },
    stop,
  };
}
