import { createHash } from 'node:crypto';
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { parse } from 'graphql';
import {
  ClientsDocument,
  CreateServiceTokenDocument,
  type CreateServiceTokenInput,
  RetryJobDocument,
  RevokeServiceTokenDocument,
  ServiceTokensDocument,
  StartIngestionDocument,
  ViewerDocument,
} from '../../client/operations.ts';
import type { Client, ClientStatus } from '../../src/domain/client/client.entity.ts';
import { changeClientStatus } from '../../src/domain/client/update-client.ts';
import { toGlobalId } from '../../src/domain/global-id.ts';
import type { Viewer } from '../../src/domain/identity/viewer.ts';
import {
  type Agency,
  addClient,
  addFeed,
  addOrganization,
  createAgency,
  findActor,
} from '../support/agency.ts';
import { openAuthenticator } from '../support/authenticator.ts';
import { createGraph } from '../support/graph.ts';
import { runAs } from '../support/test-services.ts';
import { until } from '../support/until.ts';

const clientNames = parse('{ clients { edges { node { name } } } }') as TypedDocumentNode<
  { clients: { edges: { node: { name: string } }[] } },
  object
>;
const nodeDocument = parse('query ($id: ID!) { node(id: $id) { id } }') as TypedDocumentNode<
  { node: { id: string } | null },
  { id: string }
>;

let agency: Agency;
let graph: Awaited<ReturnType<typeof createGraph>>;
let authenticator: Awaited<ReturnType<typeof openAuthenticator>>;
let mine: Client;
let theirs: Client;

beforeAll(async () => {
  agency = await createAgency();
  graph = await createGraph(agency);
  authenticator = await openAuthenticator(agency);
  [mine, theirs] = [await addClient(agency, 'Mine'), await addClient(agency, 'Theirs')];
});
afterAll(async () => {
  await graph.close();
  await authenticator.close();
  await agency.close();
});

const asSuperuser = <Row extends object>(sql: string, values: unknown[] = []) =>
  runAs<Row>(agency.urls.superuserUrl, sql, values);
const idOf = (client: Client) => toGlobalId('Client', client.id);
const rowIdOf = (globalId: string) => Buffer.from(globalId, 'base64url').toString().split(':')[1];
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();

/** What the graph answers; its first error is thrown. */
async function ask<Result, Variables extends object>(
  viewer: Viewer,
  document: Parameters<typeof graph.run<Result, Variables>>[1],
  variables: Variables,
): Promise<Result> {
  const { result } = await graph.run(viewer, document, variables);
  if (result.errors?.[0]) throw result.errors[0].originalError ?? result.errors[0];
  return result.data as Result;
}

async function create(input: Partial<CreateServiceTokenInput> = {}, as: Viewer = agency.actor) {
  const { createServiceToken } = await ask(as, CreateServiceTokenDocument, {
    input: { name: 'Nightly export', scopes: ['READ'], ...input },
  });
  const { token, serviceToken } = createServiceToken;
  return { token: String(token), ...serviceToken };
}

const revoke = (id: string, as: Viewer = agency.actor) =>
  ask(as, RevokeServiceTokenDocument, { id });
const viewerOf = async (input: Partial<CreateServiceTokenInput>) =>
  authenticator.authenticate((await create(input)).token);
const unauthenticated = expect.objectContaining({ code: 'UNAUTHENTICATED' });
const namesSeenBy = async (viewer: Viewer) => {
  const { clients } = await ask(viewer, clientNames, {});
  return clients.edges.map(({ node }) => node.name);
};

describe('making one', () => {
  test('it is shown once, and only its hash is stored', async () => {
    const { token, prefix, id } = await create({ idempotencyKey: 'shown once' });
    const [row] = await asSuperuser<{ token_hash: string }>(
      'select token_hash from service_tokens where id = $1',
      [rowIdOf(id)],
    );
    expect(row?.token_hash).toBe(createHash('sha256').update(token).digest('base64url'));
    const secret = token.slice(prefix.length);
    for (const table of ['service_tokens', 'audit_log', 'idempotency_keys', 'job_runs']) {
      const rows = await asSuperuser<{ row: string }>(`select t::text as row from ${table} t`);
      expect(rows.filter((each) => each.row.includes(secret))).toEqual([]);
    }
    const listed = await ask(agency.actor, ServiceTokensDocument, {});
    expect(JSON.stringify(listed)).toContain(prefix);
    expect(JSON.stringify(listed)).not.toContain(secret);
  });

  test('a repeated call makes no second token, and is not shown the first again', async () => {
    const input = { name: 'Repeated', scopes: ['READ' as const], idempotencyKey: 'repeated' };
    const first = await create(input);
    const { createServiceToken: again } = await ask(agency.actor, CreateServiceTokenDocument, {
      input,
    });
    expect(again).toMatchObject({ token: null, serviceToken: { id: first.id } });
    await expect(create({ ...input, scopes: ['INGEST'] })).rejects.toMatchObject({
      code: 'CONFLICT',
    });
  });

  test('it lives for a year, or for as long as was said, two years at most', async () => {
    const { expiresAt } = await create();
    expect((Date.parse(String(expiresAt)) - Date.now()) / 86_400_000).toBeCloseTo(365, 1);
    const named = inDays(730);
    expect((await create({ expiresAt: named })).expiresAt).toBe(named);
    for (const wrong of [inDays(-1), inDays(740)]) {
      await expect(create({ expiresAt: wrong })).rejects.toMatchObject({
        code: 'BAD_USER_INPUT',
        fields: ['expiresAt'],
      });
    }
  });

  test.each([
    ['no scope', { scopes: [] }, 'scopes'],
    ['no name', { name: ' ' }, 'name'],
    ['no client of a list', { clientIds: [] }, 'clientIds'],
  ])('%s is refused', async (_, input, field) => {
    await expect(create(input)).rejects.toMatchObject({ code: 'BAD_USER_INPUT', fields: [field] });
  });

  test('one that loads data is limited to no clients', async () => {
    const clientIds = [idOf(mine)];
    await expect(create({ scopes: ['READ', 'INGEST'], clientIds })).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
      fields: ['clientIds'],
    });
  });

  test('a client that is named twice counts once, and one that is not there is told', async () => {
    const { clients } = await create({ clientIds: [idOf(mine), idOf(mine)] });
    expect(clients).toEqual([{ id: idOf(mine), name: 'Mine' }]);
    const clientIds = [idOf(mine), toGlobalId('Client', crypto.randomUUID())];
    await expect(create({ clientIds })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('reading with one', () => {
  test('it says who it is', async () => {
    const viewer = await viewerOf({ name: 'Dashboards' });
    const answer = await ask(viewer, ViewerDocument, {});
    expect(answer.viewer).toMatchObject({
      email: null,
      role: 'ANALYST',
      serviceToken: { name: 'Dashboards', scopes: ['READ'] },
      organization: { name: 'Agency' },
    });
    expect((await ask(agency.actor, ViewerDocument, {})).viewer.serviceToken).toBeNull();
  });

  test('it reads all of the organization, internals too, as an analyst does', async () => {
    const { clients } = await ask(await viewerOf({}), ClientsDocument, {});
    expect(clients.edges.map(({ node }) => node.name)).toEqual(['Mine', 'Theirs']);
    expect(clients.edges[0]?.node.feeds).toEqual([]);
  });

  test('limited to clients, it reads these alone, and no internals', async () => {
    const viewer = await viewerOf({ clientIds: [idOf(mine)] });
    expect(viewer).toMatchObject({ role: 'CLIENT', clientIds: [mine.id] });
    expect(await namesSeenBy(viewer)).toEqual(['Mine']);
    await expect(ask(viewer, ClientsDocument, {})).rejects.toMatchObject({
      code: 'FORBIDDEN',
      message: 'This needs the role ANALYST; the service token reads as CLIENT.',
    });
  });

  test('a disabled client falls away, and the last one takes the token with it', async () => {
    const { token } = await create({ clientIds: [idOf(mine), idOf(theirs)] });
    const setStatus = (client: Client, status: ClientStatus) =>
      agency.database.withTenant(agency.tenant, (em) =>
        changeClientStatus(em, agency.actor, client.id, status),
      );
    await setStatus(theirs, 'DISABLED');
    expect(await authenticator.authenticate(token)).toMatchObject({ clientIds: [mine.id] });
    await setStatus(mine, 'DISABLED');
    await expect(authenticator.authenticate(token)).rejects.toEqual(unauthenticated);
    await Promise.all([setStatus(mine, 'ACTIVE'), setStatus(theirs, 'ACTIVE')]);
    expect((await authenticator.authenticate(token)).clientIds).toHaveLength(2);
  });

  test('without the scope it reads nothing', async () => {
    const viewer = await viewerOf({ scopes: ['INGEST'] });
    const needsRead = {
      code: 'FORBIDDEN',
      message: 'This needs the scope READ; the service token has INGEST.',
    };
    await expect(namesSeenBy(viewer)).rejects.toMatchObject(needsRead);
    await expect(ask(viewer, parse('{ queues { name } }') as never, {})).rejects.toMatchObject(
      needsRead,
    );
  });
});

describe('changing with one', () => {
  test('it makes no tokens and lists none, whatever its scopes', async () => {
    const viewer = await viewerOf({ scopes: ['READ', 'INGEST'] });
    await expect(create({}, viewer)).rejects.toMatchObject({
      code: 'FORBIDDEN',
      message: 'No service token can do this: sign in.',
    });
    await expect(ask(viewer, ServiceTokensDocument, {})).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
  });

  test('with the scope it starts a load, under its own name; without, it does not', async () => {
    const { token, id } = await create({ scopes: ['READ', 'INGEST'] });
    const feed = await addFeed(agency, mine);
    const input = { feedId: toGlobalId('Feed', feed.id), date: '2026-03-01', idempotencyKey: 'x' };
    await expect(ask(await viewerOf({}), StartIngestionDocument, { input })).rejects.toMatchObject({
      code: 'FORBIDDEN',
      message: 'This needs the scope INGEST; the service token has READ.',
    });
    const viewer = await authenticator.authenticate(token);
    const { startIngestion } = await ask(viewer, StartIngestionDocument, { input });
    expect(startIngestion.run.status).toBe('QUEUED');
    const rows = await asSuperuser(
      `select action, user_id, service_token_id from audit_log
       where entity_type = 'IngestionRun' and entity_id = $1`,
      [rowIdOf(startIngestion.run.id)],
    );
    expect(rows).toEqual([{ action: 'START', user_id: null, service_token_id: rowIdOf(id) }]);
  });

  test('it changes no job but of ingestion', async () => {
    const viewer = await viewerOf({ scopes: ['INGEST'] });
    const addFailed = async (queue: string) => {
      const [row] = await asSuperuser<{ id: string }>(
        `insert into job_runs (organization_id, name, queue, payload, max_attempts, status)
         values ($1, 'ingest-feed', $2, '{}', 3, 'FAILED') returning id`,
        [agency.tenant.organizationId, queue],
      );
      return { id: toGlobalId('JobRun', String(row?.id)) };
    };
    const [other, own] = [await addFailed('summaries'), await addFailed('ingestion')];
    await expect(ask(viewer, RetryJobDocument, other)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    const [untouched] = await asSuperuser('select status from job_runs where id = $1', [
      rowIdOf(other.id),
    ]);
    expect(untouched).toEqual({ status: 'FAILED' });
    const { retryJob } = await ask(viewer, RetryJobDocument, own);
    expect(retryJob.jobRun.status).toBe('QUEUED');
  });
});

describe('the end of one', () => {
  test('a revoked one is none at once; revoking it again changes nothing', async () => {
    const { token, id } = await create();
    await authenticator.authenticate(token);
    const { revokeServiceToken: first } = await revoke(id);
    await expect(authenticator.authenticate(token)).rejects.toEqual(unauthenticated);
    const { revokeServiceToken: second } = await revoke(id);
    expect(first.serviceToken.revokedAt).not.toBeNull();
    expect(second.serviceToken.revokedAt).toEqual(first.serviceToken.revokedAt);
    const rows = await asSuperuser(
      `select action, user_id, service_token_id from audit_log where entity_id = $1 order by at`,
      [rowIdOf(id)],
    );
    const by = { user_id: agency.actor.userId, service_token_id: null };
    expect(rows).toEqual([
      { action: 'CREATE', ...by },
      { action: 'REVOKE', ...by },
    ]);
  });

  test('an expired one is none', async () => {
    const { token, id } = await create();
    const expire = (at: string) =>
      asSuperuser(`update service_tokens set expires_at = now() + $1::interval where id = $2`, [
        at,
        rowIdOf(id),
      ]);
    await expire('1 minute');
    await authenticator.authenticate(token);
    await expire('0');
    await expect(authenticator.authenticate(token)).rejects.toEqual(unauthenticated);
  });

  test('what was never one is refused, a typo without a look-up', async () => {
    const { token } = await create();
    authenticator.statements.length = 0;
    const typo = `${token.slice(0, -1)}${token.endsWith('x') ? 'y' : 'x'}`;
    for (const wrong of [typo, token.slice(0, -1), 'mg_svc_']) {
      await expect(authenticator.authenticate(wrong)).rejects.toMatchObject({
        code: 'UNAUTHENTICATED',
        message: 'The service token is mistyped.',
      });
    }
    expect(authenticator.statements).toEqual([]);
    const unknown = 'mg_svc_000000000000000000000000000000000Mediagraph2w1hFN';
    await expect(authenticator.authenticate(unknown)).rejects.toEqual(unauthenticated);
  });
});

test('its last use is kept, to the minute, apart from the look-up', async () => {
  const { token, id } = await create();
  const lastUse = async () => {
    const { serviceTokens } = await ask(agency.actor, ServiceTokensDocument, {});
    return serviceTokens.edges.find(({ node }) => node.id === id)?.node.lastUsedAt;
  };
  expect(await lastUse()).toBeNull();
  await authenticator.authenticate(token);
  const first = await until('its first use', async () => (await lastUse()) ?? undefined);
  authenticator.statements.length = 0;
  for (let use = 0; use < 5; use++) await authenticator.authenticate(token);
  expect(authenticator.statements).toHaveLength(5);
  await asSuperuser(
    `update service_tokens set last_used_at = now() - interval '61 seconds' where id = $1`,
    [rowIdOf(id)],
  );
  await authenticator.authenticate(token);
  const again = await until('its next use', async () => {
    const at = String(await lastUse());
    return at >= String(first) && at;
  });
  expect(again).toBeDefined();
});

describe('who sees them', () => {
  test('admins page through all of them, the newest first', async () => {
    const list = async (after: string | null) =>
      (await ask(agency.actor, ServiceTokensDocument, { first: 3, after })).serviceTokens;
    const all = await ask(agency.actor, ServiceTokensDocument, { first: 1000 });
    const paged: string[] = [];
    for (let after: string | null = null; ; ) {
      const { edges, pageInfo } = await list(after);
      paged.push(...edges.map(({ node }) => node.id));
      if (!pageInfo.hasNextPage) break;
      after = pageInfo.endCursor ?? null;
    }
    expect(paged).toEqual(all.serviceTokens.edges.map(({ node }) => node.id));
    const times = all.serviceTokens.edges.map(({ node }) => String(node.createdAt));
    expect(times).toEqual(times.toSorted().toReversed());
  });

  test('neither an analyst nor a client does, by list or by id', async () => {
    const { id } = await create();
    for (const role of ['ANALYST', 'CLIENT'] as const) {
      const viewer = { ...agency.actor, role, clientIds: role === 'CLIENT' ? [mine.id] : null };
      await expect(ask(viewer, ServiceTokensDocument, {})).rejects.toMatchObject({
        code: 'FORBIDDEN',
      });
      await expect(create({}, viewer)).rejects.toMatchObject({ code: 'FORBIDDEN' });
      expect(await ask(viewer, nodeDocument, { id })).toEqual({ node: null });
    }
    expect(await ask(agency.actor, nodeDocument, { id })).toEqual({ node: { id } });
  });

  test('another organization neither sees nor ends them, nor names foreign clients', async () => {
    const { id, token } = await create({ name: 'Ours' });
    const other = await findActor(
      agency.database,
      await addOrganization(agency, {
        email: 'o@other.example',
        password: 'another long password',
      }),
    );
    const { serviceTokens } = await ask(other, ServiceTokensDocument, {});
    expect(serviceTokens.edges).toEqual([]);
    const missing = toGlobalId('ServiceToken', crypto.randomUUID());
    const refusals = await Promise.all(
      [id, missing].map((each) =>
        revoke(each, other).catch(({ code, message }) => [code, message]),
      ),
    );
    expect(refusals[0]).toEqual(['NOT_FOUND', 'There is no such service token.']);
    expect(refusals[1]).toEqual(refusals[0]);
    await expect(create({ clientIds: [idOf(mine)] }, other)).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    await authenticator.authenticate(token);
  });
});
