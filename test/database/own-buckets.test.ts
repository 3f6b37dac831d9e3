import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Alert } from '../../src/domain/alert/alert.entity.ts';
import type { Client } from '../../src/domain/client/client.entity.ts';
import { testFeed } from '../../src/domain/feed/test-feed.ts';
import { updateFeed } from '../../src/domain/feed/update-feed.ts';
import { PlatformCredential } from '../../src/domain/platform-credential/platform-credential.entity.ts';
import { setBucketCredential } from '../../src/domain/platform-credential/set-bucket-credential.ts';
import { createObjectStore } from '../../src/infra/storage.ts';
import { type Agency, addClient, addFeed, createAgency } from '../support/agency.ts';
import { createLoader } from '../support/loader.ts';

const key = { accessKeyId: 'AKIDOWN', secretAccessKey: 'a-secret-of-tests', region: 'eu-west-1' };

let agency: Agency;
let client: Client;
/** An S3 server with one bucket, which one key opens. */
let server: Server;
let endpoint: string;
let store: ReturnType<typeof createObjectStore>;

beforeAll(async () => {
  agency = await createAgency();
  client = await addClient(agency);
  server = createServer((request, response) => {
    const isTaken = request.headers.authorization?.includes(`Credential=${key.accessKeyId}/`);
    const contents = `<Contents><Key>report-2026-01-05.csv</Key><ETag>"e"</ETag><Size>1</Size>
      <LastModified>2026-01-06T05:00:00.000Z</LastModified></Contents>`;
    response.writeHead(isTaken ? 200 : 403, { 'content-type': 'application/xml' });
    response.end(
      isTaken
        ? `<ListBucketResult><IsTruncated>false</IsTruncated>${contents}</ListBucketResult>`
        : '<Error><Code>InvalidAccessKeyId</Code></Error>',
    );
  }).listen(0, '127.0.0.1');
  await new Promise((listening) => server.once('listening', listening));
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  store = createObjectStore({ ...agency.s3, endpoint });
});
afterAll(async () => {
  store.close();
  server.close();
  await agency.close();
});

const setKey = (changes: Partial<typeof key & { endpoint: string }> = {}) =>
  agency.database.withTenant(agency.tenant, (em) =>
    setBucketCredential(em, agency.actor, agency.cipher, {
      ...{ clientId: client.id, name: 'Own', endpoint, ...key },
      ...changes,
    }),
  );

test("a feed's bucket is read with its own key, which is kept encrypted; a refused one is an alert", async () => {
  const { id: credentialId } = await setKey();
  const feed = await addFeed(agency, client, { credentialId });
  const services = { store, cipher: agency.cipher };
  const transact: Parameters<typeof testFeed>[0] = (fn) =>
    agency.database.withTenant(agency.tenant, fn);
  const find = () => transact((em) => em.findOneOrFail(PlatformCredential, credentialId));
  expect((await testFeed(transact, feed.id, services)).keys).toEqual([]);
  const credential = await find();
  expect(credential).toMatchObject({ status: 'WORKING', source: 'S3' });
  expect(JSON.stringify(credential)).not.toContain(key.accessKeyId);
  const log = await transact((em) => em.execute('select before, after from audit_log'));
  expect(JSON.stringify(log)).not.toMatch(/AKIDOWN|a-secret/);

  // The name is the same, and so is the credential.
  expect((await setKey({ accessKeyId: 'AKIDOTHER' })).id).toBe(credentialId);
  await expect(testFeed(transact, feed.id, services)).rejects.toMatchObject({
    code: 'UPSTREAM_FAILED',
    message: `The bucket "${agency.bucket.name}" cannot be listed: InvalidAccessKeyId.`,
  });
  expect(await find()).toMatchObject({ status: 'REFUSED' });

  const loader = await createLoader({ ...agency, s3: { ...agency.s3, endpoint } });
  const { job } = await loader.load(feed, '2026-01-05');
  await loader.close();
  expect(job).toMatchObject({ status: 'FAILED', attempt: 1, errorCode: 'UPSTREAM_FAILED' });
  const alerts = await transact((em) => em.find(Alert, { feedId: feed.id }));
  expect(alerts).toMatchObject([{ kind: 'CREDENTIAL_REFUSED', count: 1 }]);

  const without = { useDeploymentKey: true };
  const update = () => transact((em) => updateFeed(em, agency.actor, feed.id, without));
  expect(await update()).toMatchObject({ credentialId: null, bucket: feed.bucket });
});

test.each([
  ['http://203.0.113.7', 'SCHEME'],
  ['https://169.254.169.254', 'ADDRESS'],
  ['https://[::1]:9000', 'ADDRESS'],
  ['https://localhost:9000', 'ADDRESS'],
])('an endpoint at %s is not called (%s)', async (elsewhere, reason) => {
  const list = async () => {
    const bucket = store.openWith({ ...key, endpoint: elsewhere });
    try {
      for await (const object of bucket.list('bucket', '')) throw new Error(object.key);
    } finally {
      bucket.close();
    }
  };
  await expect(list()).rejects.toMatchObject({
    code: 'UPSTREAM_FAILED',
    message: expect.stringContaining(`(${reason})`),
  });
});

test('what is no key, and a feed that names what is none to buckets, are refused', async () => {
  await expect(setKey({ endpoint: 'https://user@s3.example.com/path' })).rejects.toMatchObject({
    fields: ['endpoint'],
  });
  await expect(setKey({ region: 'evil.example/' })).rejects.toMatchObject({ fields: ['region'] });
  const { id } = await setKey();
  const other = await addClient(agency, 'Other');
  await expect(addFeed(agency, other, { credentialId: id })).rejects.toMatchObject({
    fields: ['credentialId'],
  });
});
