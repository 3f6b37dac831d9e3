import type { Finding } from './component.ts';

/** A worker that gives signs of life. */
export interface LiveWorker {
  version: string;
  queues: string[];
}

/** FAILING without a worker; DEGRADED where a queue has none, or where their versions differ. */
export function judgeWorkers(
  workers: readonly LiveWorker[],
  queueNames: readonly string[],
): Finding {
  const measured = { value: workers.length, unit: 'COUNT' } as const;
  if (workers.length === 0) return { ...measured, status: 'FAILING', message: 'No worker runs.' };
  const served = new Set(workers.flatMap(({ queues }) => queues));
  const unserved = queueNames.filter((name) => !served.has(name));
  const versions = [...new Set(workers.map(({ version }) => version))].sort();
  const problems = [
    ...(unserved.length > 0 ? [`No worker serves ${unserved.join(', ')}.`] : []),
    ...(versions.length > 1 ? [`Workers are of versions ${versions.join(', ')}.`] : []),
  ];
  if (problems.length === 0) return { ...measured, status: 'OK' };
  return { ...measured, status: 'DEGRADED', message: problems.join(' ') };
}
