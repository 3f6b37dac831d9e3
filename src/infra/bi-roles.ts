import { randomBytes } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { scramVerifier } from './scram-verifier.ts';

/** A role that reads the views of schema `bi` for one organization, with SQL of its own. */
export interface BiRole {
  name: string;
  organizationId: string;
  organization: string;
  createdAt: Date;
  /** Connections that it has now. */
  connections: number;
}

/** What a role logs in with; the password is kept nowhere. */
export interface BiCredentials {
  name: string;
  password: string;
}

/** What bounds an honest tool. A role can set them otherwise for itself, but for its connections. */
const settings = {
  default_transaction_read_only: 'on',
  statement_timeout: '60s',
  idle_in_transaction_session_timeout: '60s',
  work_mem: '32MB',
  // Worth it in queries of minutes alone.
  jit: 'off',
  search_path: 'bi',
};
const mostConnections = 10;

/** Every role of this database. @param em as the operator. */
export async function listBiRoles(em: EntityManager): Promise<BiRole[]> {
  const rows = await em.execute<(Omit<BiRole, 'createdAt'> & { createdAt: string })[]>(
    `select r.role_name as name, o.id as "organizationId", o.name as organization,
       r.created_at as "createdAt",
       (select count(*)::int from pg_stat_activity a where a.usename = r.role_name) as connections
     from operations.bi_roles r join organizations o on o.id = r.organization_id
     order by o.name, r.created_at`,
  );
  return rows.map((row) => ({ ...row, createdAt: new Date(row.createdAt) }));
}

/**
 * Make a role for an organization, whom its name does not tell: roles belong to the whole cluster, and all see
 * their names.
 *
 * @param em a transaction as the owner, who may create roles.
 */
export async function createBiRole(
  em: EntityManager,
  organizationId: string,
): Promise<BiCredentials> {
  const name = `mediagraph_bi_${randomBytes(6).toString('hex')}`;
  await closeTemporaryTables(em);
  await em.execute(`create role ${name} login connection limit ${mostConnections}`);
  await em.execute(`grant mediagraph_bi to ${name} with inherit true, set false`);
  const password = await setPassword(em, name);
  await em.execute('insert into operations.bi_roles (role_name, organization_id) values (?, ?)', [
    ...[name, organizationId],
  ]);
  await recordChange(em, organizationId, 'CREATE', null, { name });
  return { name, password };
}

/** Give a role another password and its settings back, and end its connections. @param em as for {@link createBiRole}. */
export async function resetBiRole(
  em: EntityManager,
  { name, organizationId }: BiRole,
): Promise<BiCredentials> {
  const password = await setPassword(em, name);
  await endConnections(em, name);
  await em.execute(`revoke ${name} from current_user`);
  await recordChange(em, organizationId, 'RESET_PASSWORD', { name }, { name });
  return { name, password };
}

/** Drop a role, with its connections. @param em as for {@link createBiRole}. */
export async function dropBiRole(
  em: EntityManager,
  { name, organizationId }: BiRole,
): Promise<void> {
  await em.execute('delete from operations.bi_roles where role_name = ?', [name]);
  await em.execute(`alter role ${name} nologin`);
  await endConnections(em, name);
  // Large objects, where an administrator left everybody the right to make them.
  await em.execute(`drop owned by ${name}`);
  await em.execute(`drop role ${name}`);
  await recordChange(em, organizationId, 'DROP', { name }, null);
}

/** Everybody may make temporary tables in a database that nobody closed; of ours, only the processes need to. */
async function closeTemporaryTables(em: EntityManager): Promise<void> {
  await em.execute(`
    do $$ begin
      execute format('grant temporary on database %I to mediagraph_server, mediagraph_worker', current_database());
      execute format('revoke temporary on database %I from public', current_database());
    end $$`);
}

async function setPassword(em: EntityManager, name: string): Promise<string> {
  const password = randomBytes(24).toString('base64url');
  await em.execute(`alter role ${name} login password '${scramVerifier(password)}'`);
  await em.execute(`alter role ${name} reset all`);
  for (const [setting, value] of Object.entries(settings)) {
    await em.execute(`alter role ${name} set ${setting} = '${value}'`);
  }
  return password;
}

/** End a role's connections. That needs its rights, which who made it may take, and has from then on. */
async function endConnections(em: EntityManager, name: string): Promise<void> {
  await em.execute(`grant ${name} to current_user with inherit true`);
  await em.execute('select pg_terminate_backend(pid) from pg_stat_activity where usename = ?', [
    name,
  ]);
}

async function recordChange(
  em: EntityManager,
  organizationId: string,
  action: string,
  before: object | null,
  after: object | null,
): Promise<void> {
  const json = (value: object | null) => value && JSON.stringify(value);
  await em.execute(`select record_operator_change(?, ?, 'BiRole', ?::jsonb, ?::jsonb)`, [
    ...[organizationId, action, json(before), json(after)],
  ]);
}
