import type { EntityManager } from '@mikro-orm/postgresql';

/** The instant by the database's clock: processes' clocks differ by more than what they decide between. */
export async function databaseNow(em: EntityManager): Promise<Date> {
  const [row] = await em.execute<{ now: string }[]>('select clock_timestamp()::text as now');
  return new Date(row?.now ?? Number.NaN);
}

/** The instant from which on what others commit is not seen by the transaction. */
export async function snapshotInstant(em: EntityManager): Promise<Date> {
  const [row] = await em.execute<{ now: string }[]>('select transaction_timestamp()::text as now');
  return new Date(row?.now ?? Number.NaN);
}
