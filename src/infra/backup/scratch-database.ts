import { randomBytes } from 'node:crypto';
import type { Client } from 'pg';
import { openClient } from './open-client.ts';

/** PostgreSQL's `insufficient_privilege`. */
const notAllowed = '42501';

/**
 * Work in an empty database that is made for it, and dropped however it ends, by Ctrl-C too.
 *
 * @param ownerUrl of a role that may create databases.
 * @throws {Error} with the cure, when it may not.
 */
export async function inScratchDatabase(
  ownerUrl: string,
  work: (scratchUrl: string) => Promise<void>,
): Promise<void> {
  const name = `mediagraph_check_${randomBytes(6).toString('hex')}`;
  const client = await openClient(ownerUrl);
  const interruption = Promise.withResolvers<never>();
  const interrupt = () => interruption.reject(new Error('Interrupted.'));
  try {
    await client.query(`create database ${name}`).catch((error) => {
      if (error.code !== notAllowed) throw error;
      throw new Error(
        'DATABASE_OWNER_URL: this role may not create a scratch database. As an administrator: ' +
          'alter role mediagraph_owner createdb',
      );
    });
    process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
    const scratchUrl = new URL(ownerUrl);
    scratchUrl.pathname = `/${name}`;
    await Promise.race([work(scratchUrl.href), interruption.promise]);
  } finally {
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
    await drop(client, name);
    await client.end();
  }
}

/**
 * By force, since who was interrupted may still be connected. Not where autovacuum is at it, which none but an
 * administrator may end: for one that does not insist, it makes way.
 */
async function drop(client: Client, name: string): Promise<void> {
  const statement = `drop database if exists ${name}`;
  await client.query(`${statement} with (force)`).catch((error) => {
    if (error.code !== notAllowed) throw error;
    return client.query(statement);
  });
}
