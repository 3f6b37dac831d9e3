import { type EntityManager, MikroORM } from '@mikro-orm/postgresql';
import { ormOptions } from './database.ts';

/** The database as its owner has it: for the operator's commands, and nothing that serves requests. */
export interface OperatorDatabase {
  /** Read across all organizations, in one read-only transaction at one instant. */
  read<T>(fn: (em: EntityManager) => Promise<T>): Promise<T>;
  /** Run a statement as the owner, who by themselves see no row of any organization. */
  asOwner<Row extends object>(sql: string, values?: unknown[]): Promise<Row[]>;
  /** The same for several statements, in one transaction. */
  changeAsOwner<T>(fn: (em: EntityManager) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** @throws {Error} when the database does not answer, or is older than this program. */
export async function createOperatorDatabase(ownerUrl: string): Promise<OperatorDatabase> {
  const orm = await MikroORM.init(ormOptions(ownerUrl, 2));
  const asOwner: OperatorDatabase['asOwner'] = (sql, values) => orm.em.fork().execute(sql, values);
  return {
    async read(fn) {
      const em = orm.em.fork();
      await em.begin({ readOnly: true, isolationLevel: 'repeatable read' });
      try {
        await em.execute('set local role mediagraph_operator').catch(sayOldDatabase);
        return await fn(em);
      } finally {
        await em.rollback();
      }
    },
    asOwner,
    changeAsOwner: (fn) => orm.em.fork().transactional(fn),
    close: () => orm.close(true),
  };
}

/** `invalid_parameter_value`, `undefined_object`, `insufficient_privilege`: not there, or not granted. */
const noSuchRole = ['22023', '42704', '42501'];

function sayOldDatabase(error: Error & { code?: string }): never {
  if (!noSuchRole.includes(error.code ?? '')) throw error;
  throw new Error(
    'DATABASE_OWNER_URL: this role may not become mediagraph_operator. ' +
      'Run `migrate` as the owner of the tables first.',
    { cause: error },
  );
}
