import type { EntityManager } from '@mikro-orm/postgresql';
import { Command } from 'commander';
import { findEncryptedColumns } from '../domain/encryption/encrypted-columns.ts';
import { createFieldCipher } from '../infra/crypto.ts';
import { openOutbox } from '../jobs/enqueue.ts';
import { renewEncryption } from '../jobs/renew-encryption.job.ts';
import { type JobSession, type OperatorSession, withJobs, withOperator } from './connect.ts';
import { count, printTable } from './output.ts';
import { watchRuns } from './watch-runs.ts';

export const rotateKeysCommand = new Command('rotate-keys')
  .description('re-encrypt everything under the first key of ENCRYPTION_KEYS')
  .option('--list', 'only show which key encrypts how many values')
  .option('--watch', 'wait until all is re-encrypted')
  .addHelpText(
    'after',
    `
Put the new key first in the ring, and restart all servers and workers before.

Example:
  $ npm run cli -- rotate-keys --watch

A key that encrypts nothing any more may leave the ring.`,
  )
  .action(({ list, watch }: { list?: true; watch?: true }) =>
    list ? withOperator(printKeys) : withJobs((session) => rotate(session, watch ?? false)),
  );

async function rotate(session: JobSession, isWatched: boolean): Promise<void> {
  const { operator, database, services, send } = session;
  const { keyId } = createFieldCipher(services.encryptionKeys, services.blindIndexKey);
  const organizations = await operator.read((em) =>
    em.execute<{ id: string }[]>('select id from organizations order by created_at, id'),
  );
  const jobRunIds: string[] = [];
  for (const { id: organizationId } of organizations) {
    const owner = { organizationId, clientId: null, priority: 0 };
    const ids = await database.withTenant({ organizationId, clientIds: null }, async (em) => {
      const outbox = openOutbox(em);
      await outbox.add(renewEncryption, { keyId }, owner);
      return outbox.jobRunIds;
    });
    jobRunIds.push(...ids);
  }
  await send(jobRunIds);
  const jobs = count(jobRunIds.length);
  console.log(`${jobs} jobs are enqueued; workers re-encrypt under the key ${keyId}.`);
  if (isWatched) await watchRuns(operator, jobRunIds);
  else console.log('`jobs --name renew-encryption` shows how far they are. As of now:');
  await printKeys(session);
}

/** Show which key encrypts what, and which of the ring encrypt nothing. */
async function printKeys({ operator, services }: OperatorSession): Promise<void> {
  const uses = await operator.read(countByKey);
  printTable(
    ['Column', 'Key', 'Values'],
    uses.map(({ place, key, values }) => [place, key, count(values)]),
  );
  const ring = services.encryptionKeys.split(',').map((pair) => pair.split(':')[0] ?? '');
  const used = new Set(uses.map(({ key }) => key));
  const idle = ring.slice(1).filter((id) => !used.has(id));
  for (const id of idle) console.log(`The key ${id} encrypts nothing: it may leave the ring.`);
  const missing = [...used].filter((id) => !ring.includes(id));
  if (missing.length > 0) {
    throw new Error(`ENCRYPTION_KEYS lacks keys that encrypt values: ${missing.join(', ')}.`);
  }
}

async function countByKey(
  em: EntityManager,
): Promise<{ place: string; key: string; values: number }[]> {
  const uses: { place: string; key: string; values: number }[] = [];
  for (const { table, column } of await findEncryptedColumns(em)) {
    const rows = await em.execute<{ key: string; values: string }[]>(
      `select split_part(${column}, '.', 1) as key, count(*) as values from ${table}
       where ${column} is not null group by 1 order by 1`,
    );
    const place = `${table}.${column}`;
    uses.push(...rows.map(({ key, values }) => ({ place, key, values: Number(values) })));
  }
  return uses;
}
