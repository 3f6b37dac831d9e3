import {
  ClientsDocument,
  CreateClientDocument,
  CreateFeedDocument,
  JobProgressDocument,
  StartIngestionDocument,
} from '../../client/operations.ts';
import { fromGlobalId } from '../../src/domain/global-id.ts';
import { type Installation, startInstallation } from '../support/installation.ts';
import { createTestDatabase, runAs, type TestDatabase } from '../support/test-services.ts';

let replica: TestDatabase;
let installation: Installation;
beforeAll(async () => {
  replica = await createTestDatabase();
  const settings = { DATABASE_REPLICA_URL: replica.serverUrl };
  installation = await startInstallation('PostgreSQL', settings);
});
afterAll(() => installation.close());

test('queries are answered by the replica; mutations, their payloads and subscriptions are not', async () => {
  const { api, agency } = installation;
  const input = { name: 'On the primary', timeZone: 'UTC', currency: 'USD' };
  const { createClient } = await api.request(CreateClientDocument, { input });
  expect(createClient.client.name).toBe('On the primary');
  const { organizationId } = agency.tenant;
  const clientId = fromGlobalId('Client', createClient.client.id);
  // Another database stands in for the replica, so that its answers can be told apart.
  await runAs(
    replica.superuserUrl,
    `insert into organizations (id, name, time_zone) values ('${organizationId}', 'Agency', 'UTC');
     insert into clients (id, organization_id, name, kind, time_zone, currency)
     values ('${clientId}', '${organizationId}', 'On the replica', 'AGENCY_CLIENT', 'UTC', 'USD')`,
  );
  const names = async () => {
    const { clients } = await api.request(ClientsDocument, {});
    return clients.edges.map(({ node }) => node.name);
  };
  expect(await names()).toEqual(['On the replica']);

  // The replica knows no feed, run or job.
  const { createFeed } = await api.request(CreateFeedDocument, {
    input: {
      clientId: createClient.client.id,
      source: 'SURFSIDE',
      name: 'Daily',
      bucket: agency.bucket.name,
      keyPattern: '{date}.csv',
    },
  });
  const { startIngestion } = await api.request(StartIngestionDocument, {
    input: { feedId: createFeed.feed.id, date: '2026-01-05' },
  });
  const { id } = startIngestion.run.jobRun;
  for await (const { jobProgress } of api.subscribe(JobProgressDocument, { id })) {
    expect(jobProgress.status).toBe('QUEUED');
    break;
  }

  // Of a replica that went away nothing is seen but its age.
  const name = new URL(replica.serverUrl).pathname.slice(1);
  const { ownerUrl } = installation.agency.urls;
  const elsewhere = ownerUrl.replace('mediagraph_owner', 'postgres');
  await runAs(elsewhere, `alter database ${name} allow_connections false`);
  await runAs(
    elsewhere,
    `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`,
  );
  expect(await names()).toEqual(['On the primary']);
});
