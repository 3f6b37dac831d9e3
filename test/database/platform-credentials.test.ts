import type { EntityManager } from '@mikro-orm/postgresql';
import { parse } from 'graphql';
import { loadConfig } from '../../src/config.ts';
import { answerSources } from '../../src/connectors/answers/registry.ts';
import { findAnswerCredentials } from '../../src/domain/aeo-audit/find-answer-credentials.ts';
import type { Client } from '../../src/domain/client/client.entity.ts';
import { findEncryptedColumns } from '../../src/domain/encryption/encrypted-columns.ts';
import { toGlobalId } from '../../src/domain/global-id.ts';
import type { Viewer } from '../../src/domain/identity/viewer.ts';
import type { CredentialPlatform } from '../../src/domain/platform-credential/credential-platform.ts';
import {
  admitQuestion,
  noteAnswered,
  noteUnanswered,
} from '../../src/domain/platform-credential/platform-state.ts';
import { connectAnswerPlatforms } from '../../src/infra/platforms/connect-answer-platforms.ts';
import { putAudit } from '../support/aeo-audits.ts';
import {
  type Agency,
  addClient,
  addFeed,
  addOrganization,
  createAgency,
  findActor,
} from '../support/agency.ts';
import {
  type FakeAnswerPlatforms,
  startAnswerPlatforms,
} from '../support/answer-platforms/answer-server.ts';
import { createGraph } from '../support/graph.ts';
import { runAs } from '../support/test-services.ts';
import { addCredential, addVibeFeed, connectVibe } from '../support/vibe/vibe-feed.ts';
import { type FakeVibe, startVibe } from '../support/vibe/vibe-server.ts';

const secret = 'canary-6f1d0c2b9e';

let agency: Agency;
let vibe: FakeVibe;
let platforms: ReturnType<typeof connectVibe>;
let fake: FakeAnswerPlatforms;
let answering: ReturnType<typeof connectAnswerPlatforms>;
let graph: Awaited<ReturnType<typeof createGraph>>;
let client: Client;
let clients = 0;

beforeAll(async () => {
  agency = await createAgency();
  vibe = await startVibe(secret, () => []);
  platforms = connectVibe(vibe.url);
  fake = await startAnswerPlatforms();
  answering = connectAnswerPlatforms(answerSources, {
    ...loadConfig({}),
    PLATFORM_STAND_INS: fake.standIns,
  });
  const all = new Map<string, CredentialPlatform>([
    ...platforms.platforms,
    ...answering.answerPlatforms,
  ]);
  graph = await createGraph(agency, undefined, all);
});
afterAll(async () => {
  await graph.close();
  await Promise.all([platforms.close(), answering.close()]);
  vibe.close();
  fake.close();
  await agency.close();
});
beforeEach(async () => {
  vibe.reset();
  clients += 1;
  client = await addClient(agency, `Client ${clients}`);
});

interface Credential {
  id: string;
  status: string;
  [field: string]: unknown;
}

const fields = 'id source name dialect status checkedAt creationsPerHour pollSeconds openUntil';
const ask = async (text: string, variables: object = {}, viewer: Viewer = agency.actor) => {
  const { result } = await graph.run(viewer, parse(text) as never, variables as never);
  // Nothing that is answered, whatever is asked, holds the secret.
  expect(JSON.stringify(result)).not.toContain(secret);
  const data = result.data as Record<string, { credential: Credential } & Credential[]> | undefined;
  return { data, error: result.errors?.[0]?.originalError };
};
const create = (input: object = {}) =>
  ask(
    `mutation ($input: CreatePlatformCredentialInput!) {
       createPlatformCredential(input: $input) { credential { ${fields} } } }`,
    {
      input: {
        clientId: toGlobalId('Client', client.id),
        ...{ source: 'VIBE', name: 'Key', dialect: 'ASYNC', secret },
        ...input,
      },
    },
  );
const update = (input: object) =>
  ask(
    `mutation ($input: UpdatePlatformCredentialInput!) {
       updatePlatformCredential(input: $input) { credential { ${fields} } } }`,
    { input },
  );
const askTest = (id: string) =>
  ask(`mutation ($id: ID!) { testPlatformCredential(id: $id) { credential { ${fields} } } }`, {
    id,
  });
const remove = (id: string) =>
  ask('mutation ($id: ID!) { removePlatformCredential(id: $id) { removedId } }', { id });
const list = (viewer?: Viewer) =>
  ask(
    `query ($id: ID!) { platformCredentials(clientId: $id) { ${fields} } }`,
    { id: toGlobalId('Client', client.id) },
    viewer,
  );

test('a key is kept encrypted, tested, replaced and removed, and told to nobody', async () => {
  const { credential } = (await create()).data?.createPlatformCredential ?? {};
  const id = credential?.id ?? '';
  expect(credential).toMatchObject({ status: 'UNTESTED', creationsPerHour: 15, pollSeconds: 10 });
  expect((await askTest(id)).data?.testPlatformCredential?.credential.status).toBe('WORKING');
  expect(vibe.seen).toMatchObject({ test: 1, create: 0 });

  await update({ id, secret: 'another', name: 'Renamed' });
  expect((await list()).data?.platformCredentials).toMatchObject([
    { name: 'Renamed', status: 'UNTESTED', checkedAt: null },
  ]);
  expect((await askTest(id)).data?.testPlatformCredential?.credential.status).toBe('REFUSED');
  // The other API lets in whom it answers with nothing.
  await update({ id, secret, dialect: 'STANDARD' });
  expect((await askTest(id)).data?.testPlatformCredential?.credential.status).toBe('WORKING');

  const { superuserUrl } = agency.urls;
  const kept = await runAs<object>(superuserUrl, 'select * from platform_credentials');
  const logged = await runAs<{ action: string; after: object }>(
    superuserUrl,
    `select * from audit_log where entity_type = 'PlatformCredential'`,
  );
  const keys = await runAs<object>(superuserUrl, 'select * from idempotency_keys');
  expect(JSON.stringify([kept, logged, keys])).not.toContain(secret);
  expect(logged.map(({ action }) => action).sort()).toEqual(['CREATE', 'UPDATE', 'UPDATE']);
  const columns = await agency.database.withTenant(agency.tenant, findEncryptedColumns);
  expect(columns).toContainEqual({
    ...{ table: 'platform_credentials', column: 'secret_ciphertext', key: 'id', isTenants: true },
  });

  await remove(id);
  expect((await list()).data?.platformCredentials).toEqual([]);
  expect(await runAs(superuserUrl, 'select from platform_credentials')).toEqual([]);
});

test("a key to a platform that answers is a client's or the organization's, and tried without a question", async () => {
  const { OPENAI: openai } = fake.behaviour;
  openai.key = secret;
  await create({ name: "The client's" });
  const shared = { source: 'OPENAI', name: 'Agency', dialect: null, clientId: null };
  const { credential } = (await create(shared)).data?.createPlatformCredential ?? {};
  const id = credential?.id ?? '';
  expect(credential).toMatchObject({ source: 'OPENAI', dialect: 'RESPONSES' });
  expect((await create(shared)).error).toMatchObject({ code: 'CONFLICT' });
  expect((await create({ clientId: null })).error).toMatchObject({ fields: ['clientId'] });
  const owned = await ask(`{ platformCredentials { ${fields} } }`);
  expect(owned.data?.platformCredentials).toMatchObject([{ id, name: 'Agency' }]);
  expect((await list()).data?.platformCredentials).toMatchObject([{ name: "The client's" }]);
  expect((await askTest(id)).data?.testPlatformCredential?.credential.status).toBe('WORKING');
  openai.failure = 'OUTAGE';
  expect((await askTest(id)).error).toMatchObject({ code: 'UPSTREAM_FAILED' });
  openai.key = 'another';
  expect((await askTest(id)).data?.testPlatformCredential?.credential.status).toBe('REFUSED');
  expect(fake.counts.OPENAI).toMatchObject({ tests: 3, requests: 0 });

  const find = () =>
    agency.database.withTenant(agency.tenant, (em) =>
      findAnswerCredentials(em, client.id, ['OPENAI', 'GEMINI']),
    );
  const [refused] = [...(await find()).values()];
  expect(refused).toMatchObject({ platform: 'OPENAI', dialect: 'RESPONSES', status: 'REFUSED' });
  expect(agency.cipher.decrypt(refused?.secretCiphertext ?? '')).toBe(secret);
  await create({ source: 'OPENAI', name: 'Own', dialect: 'RESPONSES' });
  await create({ source: 'VIBE', name: 'Vibe' });
  const found = await find();
  expect([...found.keys()]).toEqual(['OPENAI']);
  expect(found.get('OPENAI')).toMatchObject({ status: 'UNTESTED' });
});

test('a key that an audit under way or a set-up needs is not removed, unless another steps in', async () => {
  const keyTo = async (input: object) =>
    (await create({ dialect: null, ...input })).data?.createPlatformCredential?.credential.id ?? '';
  const id = await keyTo({ source: 'ANTHROPIC', name: 'Asked with' });
  const unasked = await keyTo({ source: 'GEMINI', name: 'Not asked with' });
  const { auditId, setUpId } = await putAudit(agency, client, { questions: [], status: 'PAUSED' });
  const { superuserUrl } = agency.urls;
  await runAs(superuserUrl, `update aeo_set_ups set name = 'Weekly' where id = '${setUpId}'`);
  const whose = `"Weekly" (${client.name})`;
  const hint = 'Replace its secret, or have another key to the platform take its place.';
  const refusal = async () => (await remove(id)).error?.message;
  expect(await refusal()).toBe(
    `It is used by audits under way of ${whose}, and by the set-ups ${whose}. ${hint}`,
  );
  const shared = await keyTo({ source: 'ANTHROPIC', name: 'Steps in', clientId: null });
  // The client's own goes first, and nobody else is to pay for what is under way.
  expect(await refusal()).toBe(`It is used by audits under way of ${whose}. ${hint}`);
  await runAs(superuserUrl, `update aeo_audits set status = 'COMPLETED' where id = '${auditId}'`);
  expect((await remove(unasked)).error).toBeUndefined();
  expect(await refusal()).toBeUndefined();
  expect((await remove(shared)).error).toMatchObject({ code: 'CONFLICT' });
  await runAs(superuserUrl, `update aeo_set_ups set removed_at = now() where id = '${setUpId}'`);
  expect((await remove(shared)).error).toBeUndefined();
});

test('a platform that fails too often is left alone for a while, and then asked by one', async () => {
  const { id } = await addCredential(agency, client, { name: 'Breaker' });
  const transact = <T>(fn: (em: EntityManager) => Promise<T>) =>
    agency.database.withTenant(agency.tenant, fn);
  const admit = () => transact((em) => admitQuestion(em, id));
  const breaker = { mostFailures: 2, openSeconds: 60 };
  const fail = () => transact((em) => noteUnanswered(em, id, breaker));
  await fail();
  expect(await admit()).toBeNull();
  await fail();
  expect((await admit())?.getTime()).toBeGreaterThan(Date.now() + 30_000);
  await runAs(
    agency.urls.superuserUrl,
    'update platform_credentials set open_until = now() where id = $1',
    [id],
  );
  expect(await admit()).toBeNull();
  expect(await admit()).toBeInstanceOf(Date);
  await transact((em) => noteAnswered(em, id));
  expect([await admit(), await admit()]).toEqual([null, null]);
});

test('a platform that says neither yes nor no leaves the credential as it is', async () => {
  const { id } = (await create()).data?.createPlatformCredential?.credential ?? { id: '' };
  vibe.behaviour.instead = [{ to: 'test', status: 503 }];
  const { error } = await askTest(id);
  expect(error).toMatchObject({ code: 'UPSTREAM_FAILED' });
  expect((await list()).data?.platformCredentials).toMatchObject([{ status: 'UNTESTED' }]);
});

test.each([
  ['dialect', { dialect: 'SOAP' }],
  ['secret', { secret: 'two words' }],
  ['secret', { secret: '' }],
  ['creationsPerHour', { creationsPerHour: 0 }],
  ['pollSeconds', { pollSeconds: 0 }],
  ['source', { source: 'SURFSIDE' }],
  ['name', { name: ' ' }],
])('what is wrong with %s is said', async (field, input) => {
  const { error } = await create(input);
  expect(error).toMatchObject({ code: 'BAD_USER_INPUT', fields: [field] });
});

test('a name is given once, and a call that is repeated makes one credential', async () => {
  const first = await create({ idempotencyKey: 'once' });
  expect(await create({ idempotencyKey: 'once' })).toEqual(first);
  expect((await create()).error).toMatchObject({ code: 'CONFLICT' });
});

test('credentials are for administrators, of their own organization', async () => {
  const { id } = (await create()).data?.createPlatformCredential?.credential ?? { id: '' };
  const analyst: Viewer = { ...agency.actor, role: 'ANALYST' };
  expect((await list(analyst)).error).toMatchObject({ code: 'FORBIDDEN' });
  const node = `query ($id: ID!) { node(id: $id) { id } }`;
  expect((await ask(node, { id }, analyst)).data).toEqual({ node: null });
  const other = await addOrganization(agency, {
    email: 'owner@other.example',
    password: 'another long password',
  });
  const stranger = await findActor(agency.database, other);
  expect((await list(stranger)).error).toMatchObject({ code: 'NOT_FOUND' });
  const { error } = await ask(
    'mutation ($id: ID!) { removePlatformCredential(id: $id) { removedId } }',
    { id },
    stranger,
  );
  expect(error).toMatchObject({ code: 'NOT_FOUND' });
});

test('feeds have what their source needs and no more, also by what the database lets in', async () => {
  const credential = await addCredential(agency, client);
  const feed = await addVibeFeed(agency, client, credential);
  expect(feed).toMatchObject({ origin: 'REPORT', bucket: null, keyPattern: null });
  const removal = await remove(toGlobalId('PlatformCredential', credential.id));
  expect(removal.error).toMatchObject({ message: 'It is used by the feeds "Vibe".' });

  const reports = {
    bucket: null,
    keyPattern: null,
    advertiserId: 'a1',
    credentialId: credential.id,
  };
  const addOther = (settings: object) =>
    addFeed(agency, client, { source: 'VIBE', name: 'Other', ...reports, ...settings });
  for (const [field, settings] of Object.entries({
    advertiserId: { advertiserId: null },
    credentialId: { credentialId: null },
    bucket: { bucket: 'media-files' },
    fileMode: { fileMode: 'PARTS' },
  })) {
    await expect(addOther(settings)).rejects.toMatchObject({ fields: [field] });
  }
  await expect(addFeed(agency, client, { advertiserId: 'a1' })).rejects.toMatchObject({
    fields: ['advertiserId'],
  });
  const elsewhere = await addCredential(agency, await addClient(agency, 'Elsewhere'));
  await expect(addOther({ credentialId: elsewhere.id })).rejects.toMatchObject({
    ...{ code: 'BAD_USER_INPUT', fields: ['credentialId'] },
  });
  const { superuserUrl } = agency.urls;
  await expect(
    runAs(superuserUrl, 'update feeds set credential_id = $1 where id = $2', [
      elsewhere.id,
      feed.id,
    ]),
  ).rejects.toThrow(/foreign key/);
  await expect(
    runAs(superuserUrl, `update feeds set bucket = 'media-files' where id = $1`, [feed.id]),
  ).rejects.toThrow(/feeds_origin_settings/);
  const id = toGlobalId('Feed', feed.id);
  const { error } = await ask('mutation ($id: ID!) { testFeed(id: $id) { keys } }', { id });
  expect(error).toMatchObject({ code: 'BAD_USER_INPUT' });
  const text = 'query ($id: ID!) { node(id: $id) { ... on Feed { origin credential { name } } } }';
  expect((await ask(text, { id })).data).toEqual({
    node: { origin: 'REPORT', credential: { name: 'Vibe' } },
  });
});
