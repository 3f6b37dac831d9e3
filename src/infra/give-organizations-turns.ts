import { giveTurns } from '../domain/give-turns.ts';
import type { Database } from './database.ts';
import type { ReadTransaction } from './read-transaction.ts';

export interface OrganizationTurnOptions {
  /** Connections that the database's pool has. */
  poolSize: number;
  /** How long an organization waits for its turn. */
  turnMs?: number;
}

/**
 * Keep one organization's heavy questions from having all connections: of these no organization has more than half
 * for what it reads and a quarter for what it changes, and the next that gets free is for the one that has the
 * fewest. Readings never have all: who holds one may wait for a transaction of another kind, and who asks has to be
 * found out.
 *
 * @returns the database, whose transactions wait for their turn. @throws {DomainError} RATE_LIMITED: it did not come in time.
 */
export function giveOrganizationsTurns(
  database: Database,
  { poolSize, turnMs = 10_000 }: OrganizationTurnOptions,
): Database {
  const turns = (perCaller: number, inAll: number) =>
    giveTurns({ perCaller: Math.ceil(perCaller), inAll: Math.max(1, inAll), turnMs });
  const enterReading = turns(poolSize / 2, poolSize - 1);
  const enterTransaction = turns(poolSize / 4, poolSize);

  const beginInTurn = async <R extends ReadTransaction>(
    organizationId: string,
    begin: () => Promise<R>,
  ): Promise<R> => {
    const leave = await enterReading(organizationId);
    const reading = await begin().catch((error) => {
      leave();
      throw error;
    });
    return {
      ...reading,
      end: () => reading.end().finally(leave),
      abandon() {
        reading.abandon();
        leave();
      },
    };
  };

  const { beginReadAs } = database;
  return {
    ...database,
    async withTenant(tenant, fn) {
      const leave = await enterTransaction(tenant.organizationId);
      return database.withTenant(tenant, fn).finally(leave);
    },
    beginRead: (tenant, mayLag) =>
      beginInTurn(tenant.organizationId, () => database.beginRead(tenant, mayLag)),
    beginReadAs:
      beginReadAs &&
      ((session, read) => beginInTurn(session.organizationId, () => beginReadAs(session, read))),
  };
}
