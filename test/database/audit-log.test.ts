import { randomUUID } from 'node:crypto';
import type { Client } from '../../src/domain/client/client.entity.ts';
import { updateClient } from '../../src/domain/client/update-client.ts';
import { toGlobalId } from '../../src/domain/global-id.ts';
import { createUser } from '../../src/domain/identity/create-user.ts';
import type { Role } from '../../src/domain/identity/membership.entity.ts';
import type { Viewer } from '../../src/domain/identity/viewer.ts';
import { createServiceToken } from '../../src/domain/service-token/create-service-token.ts';
import {
  type Agency,
  addClient,
  addOrganization,
  createAgency,
  findActor,
} from '../support/agency.ts';
import { ask } from '../support/ask.ts';
import { openAuthenticator } from '../support/authenticator.ts';
import { openDoors } from '../support/bi-doors.ts';
import { createGraph } from '../support/graph.ts';
import { runAs } from '../support/test-services.ts';
import { until } from '../support/until.ts';

let agency: Agency;
let graph: Awaited<ReturnType<typeof createGraph>>;
let doors: Awaited<ReturnType<typeof openDoors>>;
let authenticator: Awaited<ReturnType<typeof openAuthenticator>>;
let client: Client;
let foreign: Client;

beforeAll(async () => {
  agency = await createAgency();
  [graph, doors, authenticator] = await Promise.all([
    createGraph(agency),
    openDoors(agency),
    openAuthenticator(agency),
  ]);
  client = await addClient(agency, 'Before');
  await agency.database.withTenant(agency.tenant, (em) =>
    updateClient(em, agency.actor, client.id, { name: '=HYPERLINK("http://x")' }),
  );
  const tenant = await addOrganization(agency, {
    email: 'o@x.example',
    password: 'a quite long password',
  });
  const actor = await findActor(agency.database, tenant);
  foreign = await addClient({ ...agency, tenant, actor }, 'Foreign');
});
afterAll(async () => {
  await doors.close();
  await authenticator.close();
  await graph.close();
  await agency.close();
});

const password = 'a quite long password';

async function signedIn(role: Role) {
  const email = `${randomUUID()}@agency.example`;
  const { organizationId } = agency.tenant;
  const clientIds = role === 'CLIENT' ? [client.id] : [];
  await agency.database.withTenant(agency.tenant, (em) =>
    createUser(em, agency.cipher, { organizationId, role, clientIds, email, password }),
  );
  const origin = { requestId: randomUUID(), ip: '192.0.2.1', userAgent: '=cmd()' };
  return { email, origin, ...(await authenticator.signIn({ email, password }, origin)) };
}

const fields = `action entityType entityId before after ip userAgent requestId userId
  membership { email role } serviceToken { name }`;
const listed = async (viewer: Viewer, filter: object, rest = '') => {
  const text = `query ($filter: AuditLogFilterInput) { auditLog(filter: $filter ${rest}) {
    nodes { ${fields} } edges { cursor } pageInfo { hasNextPage } } }`;
  const { data, error, statements } = await ask(graph, viewer, text, { filter });
  if (error) throw error;
  return { ...data.auditLog, statements };
};
const history = (viewer: Viewer, id: string) =>
  ask(graph, viewer, `query ($id: ID!) { entityHistory(id: $id) { nodes { ${fields} } } }`, { id });

test('what was done to something is told with who did it, from what to what', async () => {
  const id = toGlobalId('Client', client.id);
  const { data } = await history(agency.actor, id);
  const [last, first] = data.entityHistory.nodes;
  expect(data.entityHistory.nodes).toHaveLength(2);
  expect(last).toMatchObject({
    ...{ action: 'UPDATE', entityType: 'Client', entityId: id, ip: '127.0.0.1', requestId: 'test' },
    before: { name: 'Before' },
    after: { name: '=HYPERLINK("http://x")' },
    membership: { email: 'owner@agency.example', role: 'OWNER' },
    userId: toGlobalId('User', agency.actor.userId ?? ''),
    serviceToken: null,
  });
  expect(first.action).toBe('CREATE');
});

test('what is another’s has no history, as what is not there; who may not administer has none at all', async () => {
  const ids = [toGlobalId('Client', foreign.id), toGlobalId('Client', randomUUID())];
  for (const id of ids) {
    expect(await history(agency.actor, id)).toMatchObject({ data: { entityHistory: null } });
    expect((await listed(agency.actor, { entityId: id })).nodes).toEqual([]);
  }
  for (const role of ['ANALYST', 'CLIENT'] as const) {
    const { viewer } = await signedIn(role);
    await expect(listed(viewer, {})).rejects.toMatchObject({ code: 'FORBIDDEN' });
    const asked = await history(viewer, toGlobalId('Client', client.id));
    expect(asked.error).toMatchObject({ code: 'FORBIDDEN' });
  }
});

test('entries are filtered by who, what, when and from where, each and all together', async () => {
  const { viewer, origin } = await signedIn('ADMIN');
  const { serviceToken } = await agency.database.withTenant(agency.tenant, (em) =>
    createServiceToken(
      em,
      { ...viewer, origin },
      {
        ...{ name: 'A machine', scopes: ['READ', 'INGEST'], allowsQueryString: false },
      },
    ),
  );
  authenticator.security.noteOften({
    ...{ event: 'SERVICE_TOKEN_USED', organizationId: viewer.organizationId, userId: null, origin },
    ...{
      entityType: 'ServiceToken',
      entityId: serviceToken.id,
      serviceTokenId: serviceToken.id,
      after: {},
    },
  });
  await authenticator.security.settled();
  const actions = async (filter: object) =>
    (await listed(viewer, filter)).nodes.map((each: { action: string }) => each.action);
  const ofRequest = { requestId: origin.requestId };
  expect(await actions(ofRequest)).toEqual(['SERVICE_TOKEN_USED', 'CREATE', 'SIGN_IN']);
  expect(await actions({ ...ofRequest, actions: ['SIGN_IN', 'CREATE', 'NO_SUCH'] })).toEqual([
    'CREATE',
    'SIGN_IN',
  ]);
  const user = toGlobalId('User', viewer.userId ?? '');
  expect(await actions({ by: user })).toEqual(['CREATE', 'SIGN_IN']);
  const [membership] = await agency.database.withTenant(agency.tenant, (em) =>
    em.execute<{ id: string }[]>('select id from memberships where user_id = ?', [viewer.userId]),
  );
  const member = toGlobalId('Membership', membership?.id ?? '');
  expect(await actions({ by: member, entityType: 'Session' })).toEqual(['SIGN_IN']);
  const byMachine = await listed(viewer, { by: toGlobalId('ServiceToken', serviceToken.id) });
  expect(byMachine.nodes).toMatchObject([
    { serviceToken: { name: 'A machine' }, membership: null },
  ]);
  expect(await actions({ entityId: toGlobalId('ServiceToken', serviceToken.id) })).toHaveLength(2);
  // One at the very instant that is asked for: from then on, and not before.
  await runAs(
    agency.urls.superuserUrl,
    `update audit_log set at = '2026-01-01T00:00:00Z' where request_id = $1 and action = 'SIGN_IN'`,
    [origin.requestId],
  );
  expect(
    await actions({ ...ofRequest, ip: '192.0.2.1', from: '2026-01-01T00:00:00Z' }),
  ).toHaveLength(3);
  expect(await actions({ ...ofRequest, ip: '192.0.2.2' })).toEqual([]);
  expect(await actions({ ...ofRequest, before: '2026-01-01T00:00:00Z' })).toEqual([]);
  for (const wrong of [
    { ip: 'here' },
    { from: '2026-01-02T00:00:00Z', before: '2026-01-01T00:00:00Z' },
    { ip: 'fe80::1%eth0' },
    { before: '0000-12-31T00:00:00Z' },
    { by: member.slice(1) },
    { actions: [] },
    { entityType: 'a\0' },
  ]) {
    await expect(actions(wrong)).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
  }
});

test('pages go on where they ended, and cost the same number of statements however long they are', async () => {
  const { origin } = await signedIn('ADMIN');
  for (let each = 0; each < 12; each++) await signedIn('ADMIN');
  for (const filter of [{}, { actions: ['SIGN_IN', 'CREATE'] }]) {
    const all = await listed(agency.actor, filter, ', first: 12');
    const few = await listed(agency.actor, filter, ', first: 5');
    expect(few.pageInfo.hasNextPage).toBe(true);
    expect(all.statements.length).toBe(few.statements.length);
    const rest = await listed(
      agency.actor,
      filter,
      `, first: 7, after: "${few.edges.at(-1).cursor}"`,
    );
    expect([...few.nodes, ...rest.nodes]).toEqual(all.nodes);
  }
  expect((await listed(agency.actor, { requestId: origin.requestId })).nodes).toHaveLength(1);
});

test('exported, the log is whole, runs in no spreadsheet, and tells of its export', async () => {
  const { token, origin } = await signedIn('ADMIN');
  await doors.security.settled();
  const [total] = await agency.database.withTenant(agency.tenant, (em) =>
    em.execute<{ count: string }[]>('select count(*) from audit_log'),
  );
  const csv = await doors.get('audit-log.csv', token);
  expect(csv.status).toBe(200);
  const [head, ...lines] = csv.body.toString().trimEnd().split('\n');
  expect(head).toBe(
    'id,at,action,entityType,entityId,userId,serviceTokenId,ip,userAgent,requestId,before,after',
  );
  expect(lines.length).toBe(Number(total?.count));
  expect(lines.find((line) => line.includes(origin.requestId))).toContain(",'=cmd(),");
  const jsonl = await doors.get(
    `audit-log.jsonl?action=UPDATE&entityId=${toGlobalId('Client', client.id)}`,
    token,
  );
  const entries = jsonl.body
    .toString()
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(entries).toMatchObject([
    {
      action: 'UPDATE',
      entityType: 'Client',
      entityId: toGlobalId('Client', client.id),
      before: { name: 'Before' },
    },
  ]);
  // Noted once they are sent, which their reader is not told.
  const exports = await until('both', async () => {
    const filter = { actions: ['DOWNLOAD'], entityType: 'AuditLog' };
    const { nodes } = await listed(agency.actor, filter);
    return nodes.length === 2 && nodes.map(({ after }: { after: object }) => after);
  });
  expect(exports).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ file: '/bi/v1/audit-log.jsonl', bytes: expect.any(Number) }),
      expect.objectContaining({ file: '/bi/v1/audit-log.csv', parameters: '' }),
    ]),
  );
  const none = await doors.get('audit-log.jsonl?action=NONE', token);
  expect([none.status, none.body.toString()]).toEqual([200, '']);
});

test('who does not administer exports nothing, which is noted, as is what is asked wrongly told', async () => {
  const { token, viewer } = await signedIn('ANALYST');
  const machine = await doors.createToken();
  for (const each of [token, machine]) {
    expect((await doors.get('audit-log.csv', each)).status).toBe(403);
  }
  await doors.security.settled();
  const { nodes } = await listed(agency.actor, { by: toGlobalId('User', viewer.userId ?? '') });
  expect(nodes[0]).toMatchObject({
    ...{ action: 'PERMISSION_REFUSED', after: { field: '/v1/audit-log.csv' } },
  });
  const { token: admin } = await signedIn('ADMIN');
  const wrong = await doors.get('audit-log.csv?ip=here&from=now&color=red', admin);
  expect(wrong.status).toBe(400);
  expect(JSON.parse(wrong.body.toString()).error.fields.toSorted()).toEqual(['color', 'from']);
});

test('rows that are read as files, and service tokens, are noted with their use', async () => {
  const token = await doors.createToken({ name: 'Tool' });
  const rows = 'metrics.csv?metrics=impressions&dimensions=date&from=2026-02-01&to=2026-02-28';
  for (let time = 0; time < 3; time++) await doors.get(rows, token);
  expect((await doors.get(rows, token, { method: 'HEAD' })).status).toBe(200);
  const noted = async (action: string) =>
    (await listed(agency.actor, { actions: [action] })).nodes.filter(
      ({ serviceToken }: { serviceToken: { name: string } | null }) =>
        serviceToken?.name === 'Tool',
    );
  const [download, ...others] = await until('the download', async () => {
    const downloads = await noted('DOWNLOAD');
    return downloads.length > 0 && downloads;
  });
  expect(others).toEqual([]);
  expect(await noted('SERVICE_TOKEN_USED')).toHaveLength(1);
  expect(download.after).toMatchObject({
    file: '/bi/v1/metrics.csv',
    parameters: 'metrics=impressions&dimensions=date&from=2026-02-01&to=2026-02-28',
  });
  expect(download.after.bytes).toBeGreaterThan(100);
});
