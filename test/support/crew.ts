import type { StartedProcess } from '../../src/infra/child-process.ts';

/** Workers of which each that dies is replaced, as an orchestrator would. */
export async function startCrew(size: number, start: () => Promise<StartedProcess<object>>) {
  const alive = new Map<number, StartedProcess<object>>();
  const hiring = new Set<Promise<void>>();
  let deaths = 0;
  let isStopping = false;
  const hire = async () => {
    const worker = await start();
    alive.set(worker.pid, worker);
    void worker.ended.then(() => {
      alive.delete(worker.pid);
      if (isStopping) return;
      deaths += 1;
      const hired = hire().finally(() => hiring.delete(hired));
      hiring.add(hired);
    });
  };
  await Promise.all(Array.from({ length: size }, hire));
  return {
    hire,
    deaths: () => deaths,
    pids: () => [...alive.keys()],
    /** Kill -9; who comes in their place is soon ready. */
    async kill(pids: Iterable<number>): Promise<void> {
      const victims = [...new Set(pids)].map((pid) => {
        const victim = alive.get(pid);
        if (!victim) throw new Error(`No worker of this crew has the id ${pid}`);
        victim.kill('SIGKILL');
        return victim.ended;
      });
      await Promise.all(victims);
    },
    async stop(): Promise<void> {
      isStopping = true;
      await Promise.all(hiring);
      await Promise.all([...alive.values()].map((worker) => worker.stop()));
    },
  };
}
