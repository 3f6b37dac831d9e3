import { DomainError } from '../../src/domain/errors.ts';
import type { Viewer } from '../../src/domain/identity/viewer.ts';
import { createDatabase } from '../../src/infra/database.ts';
import { openOutbox } from '../../src/jobs/enqueue.ts';
import { ingestFeed } from '../../src/jobs/ingest-feed.job.ts';
import { createJobRunReader } from '../../src/resolvers/job-run-reader.ts';
import { type Agency, addOrganization, createAgency, findActor } from '../support/agency.ts';

let agency: Agency;
beforeAll(async () => {
  agency = await createAgency();
});
afterAll(() => agency.close());

test('many watchers of one job are answered by one read each for their tenants, and each as who they are', async () => {
  const credentials = { email: 'other@agency.example', password: 'correct horse battery' };
  const other = await findActor(agency.database, await addOrganization(agency, credentials));
  const statements: string[] = [];
  const database = await createDatabase({
    url: agency.urls.serverUrl,
    poolSize: 5,
    onStatement: (sql) => statements.push(sql),
  });
  const viewers = new Map<string, Viewer>([
    ['mine', agency.actor],
    ['theirs', other],
    ['limited', { ...agency.actor, role: 'CLIENT', clientIds: [] }],
  ]);
  const asked: string[] = [];
  const read = createJobRunReader({
    database,
    authenticator: {
      async authenticate(token) {
        asked.push(token);
        const viewer = viewers.get(token);
        if (!viewer) throw new DomainError('UNAUTHENTICATED', 'This access has ended.');
        return viewer;
      },
    },
  });
  const id = await agency.database.withTenant(agency.tenant, (em) => {
    const owner = { ...agency.tenant, clientId: null };
    return openOutbox(em).add(ingestFeed, { runId: crypto.randomUUID() }, owner);
  });

  const tokens = ['mine', 'theirs', 'limited', 'ended'];
  const answers = await Promise.allSettled(
    Array.from({ length: 400 }, (_, index) => read(tokens[index % 4] ?? '', id)),
  );
  const of = (token: string) => answers.filter((_, index) => tokens[index % 4] === token);
  expect(of('mine')).toHaveLength(100);
  for (const answer of of('mine')) {
    expect(answer).toMatchObject({ status: 'fulfilled', value: { id, status: 'QUEUED' } });
  }
  for (const answer of of('theirs')) expect(answer).toEqual({ status: 'fulfilled', value: null });
  for (const answer of of('limited'))
    expect(answer).toMatchObject({ reason: { code: 'FORBIDDEN' } });
  for (const answer of of('ended')) {
    expect(answer).toMatchObject({ reason: { code: 'UNAUTHENTICATED' } });
  }
  // Once a token, and once a tenant, however many watch; what a CLIENT asked for themselves they may see.
  expect(asked.toSorted()).toEqual(tokens.toSorted());
  expect(statements.filter((sql) => sql.includes('from "job_runs"'))).toHaveLength(3);
  await database.close();
});
