import { Gauge, type Registry } from 'prom-client';
import type { Database } from '../database.ts';

/** How busy the process's connections to the database are, as it is when asked. */
export function createPoolMetrics(registry: Registry, database: Pick<Database, 'poolState'>): void {
  new Gauge({
    name: 'mediagraph_database_pool_connections',
    help: "Connections of the process's pool, by state (in_use, idle)",
    labelNames: ['state'],
    registers: [registry],
    collect() {
      const { inUse, idle } = database.poolState();
      this.set({ state: 'in_use' }, inUse);
      this.set({ state: 'idle' }, idle);
    },
  });
  new Gauge({
    name: 'mediagraph_database_pool_waiting',
    help: 'Transactions that wait for a connection of the pool',
    registers: [registry],
    collect() {
      this.set(database.poolState().waiting);
    },
  });
}
