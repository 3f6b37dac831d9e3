import type { EntityManager } from '@mikro-orm/postgresql';

/**
 * Change a client's rates only when nothing that is being priced by them is still uncommitted: whoever looks afterwards
 * for days that were priced in another way sees them all. Until the transaction ends nothing is priced, and nobody else
 * changes them.
 */
export async function beginRateChange(em: EntityManager, clientId: string): Promise<void> {
  await em.execute(`select pg_advisory_xact_lock(${turn})`, [clientId]);
}

/** Price by a client's rates, beside others who do, until the transaction ends; after who changes them. */
export async function beginPricing(em: EntityManager, clientId: string): Promise<void> {
  await em.execute(`select pg_advisory_xact_lock_shared(${turn})`, [clientId]);
}

const turn = `hashtextextended('rates ' || ?::uuid, 0)`;
