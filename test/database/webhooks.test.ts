import type { EntityManager } from '@mikro-orm/postgresql';
import { parse } from 'graphql';
import type { Client } from '../../src/domain/client/client.entity.ts';
import type { Feed } from '../../src/domain/feed/feed.entity.ts';
import { fromGlobalId, toGlobalId } from '../../src/domain/global-id.ts';
import type { Viewer } from '../../src/domain/identity/viewer.ts';
import { queueDeliveries } from '../../src/domain/webhook/queue-deliveries.ts';
import { connectReceivers } from '../../src/infra/webhooks/connect-receivers.ts';
import type { JobDefinition } from '../../src/jobs/define-job.ts';
import { deliverWebhook } from '../../src/jobs/deliver-webhook.job.ts';
import { ingestFeed } from '../../src/jobs/ingest-feed.job.ts';
import { publishAlerts } from '../../src/jobs/publish-alerts.job.ts';
import {
  type Agency,
  addClient,
  addFeed,
  addOrganization,
  createAgency,
  findActor,
} from '../support/agency.ts';
import { createGraph } from '../support/graph.ts';
import { createLoader } from '../support/loader.ts';
import { surfsideFile, surfsideRow } from '../support/surfside-file.ts';
import { until } from '../support/until.ts';
import { readVerified, startReceiver } from '../support/webhook-receiver.ts';

let agency: Agency;
let client: Client;
let feed: Feed;
let receiver: Awaited<ReturnType<typeof startReceiver>>;
let loader: Awaited<ReturnType<typeof createLoader>>;
let graph: Awaited<ReturnType<typeof createGraph>>;
let connected: ReturnType<typeof connectReceivers>;

beforeAll(async () => {
  [agency, receiver] = await Promise.all([createAgency(), startReceiver()]);
  connected = connectReceivers({ WEBHOOK_STAND_IN: receiver.url });
  const jobs = [ingestFeed, publishAlerts, deliverWebhook] as unknown as JobDefinition[];
  [client, loader, graph] = await Promise.all([
    addClient(agency),
    createLoader(agency, jobs, undefined, undefined, connected.receivers),
    createGraph(agency, undefined, undefined, connected),
  ]);
  feed = await addFeed(agency, client, { keyPattern: 'hooks/{date}.csv' });
});
afterAll(async () => {
  receiver.close();
  await Promise.all([loader.close(), graph.close(), connected.close()]);
  await agency.close();
});

const write = <T>(fn: (em: EntityManager) => Promise<T>) =>
  agency.database.withTenant(agency.tenant, fn);

async function ask<T = Record<string, never>>(
  text: string,
  variables: object = {},
  viewer: Viewer = agency.actor,
): Promise<T> {
  const { result } = await graph.run(viewer, parse(text) as never, variables);
  if (result.errors) throw result.errors[0];
  return result.data as T;
}

interface Made {
  createWebhook: { secret: string | null; webhook: { id: string } };
}
const create = `mutation ($input: CreateWebhookInput!) {
  createWebhook(input: $input) { secret webhook { id } }
}`;

async function createWebhook(name: string, more: object = {}) {
  const input = { name, url: `${receiver.url}/${name}`, events: ['ALERT_BEGAN', 'ALERT_ENDED'] };
  const { createWebhook: made } = await ask<Made>(create, { input: { ...input, ...more } });
  return { id: made.webhook.id, secret: made.secret ?? '' };
}

interface Delivery {
  id: string;
  event: string;
  status: string;
  attempts: number;
  lastStatus: number | null;
  lastError: string | null;
  nextAttemptAt: string | null;
}

async function deliveriesOf(id: string): Promise<Delivery[]> {
  const { node } = await ask<{ node: { deliveries: { nodes: Delivery[] } } }>(
    `query ($id: ID!) { node(id: $id) { ... on Webhook { deliveries { nodes {
       id event status attempts lastStatus lastError nextAttemptAt alert { id }
     } } } } }`,
    { id },
  );
  return node.deliveries.nodes;
}

/** Load a day with a row that is rejected, or without, and wait until all that follows is done. */
async function loadDay(isBad: boolean): Promise<void> {
  const rows = [surfsideRow(), ...(isBad ? [surfsideRow({ creative: 'Bad', clicks: 5_000 })] : [])];
  await agency.bucket.put('hooks/2026-01-05.csv', surfsideFile('2026-01-05', rows));
  await loader.load(feed, '2026-01-05');
  await settled();
}

async function settled(): Promise<void> {
  await until('all that follows is done', async () => {
    const open = await write((em) =>
      em.execute(`select id from job_runs where name in ('publish-alerts', 'deliver-webhook')
        and (status = 'RUNNING' or status = 'QUEUED' and run_at <= now())`),
    );
    return open.length === 0;
  });
}

/** Have what waits to be delivered delivered now. */
async function hurry(): Promise<void> {
  const runs = await write((em) =>
    em.execute<{ id: string }[]>(
      `update job_runs set run_at = now() where name = 'deliver-webhook' and status = 'QUEUED' returning id`,
    ),
  );
  for (const { id } of runs) await loader.rig.send(id);
  await settled();
}

const on = (path: string) => receiver.received.filter((each) => each.path === path);
const remove = (id: string) =>
  ask('mutation ($id: ID!) { removeWebhook(id: $id) { removedId } }', { id });

test('an alert that begins and ends is told once each, signed, to whom wants it', async () => {
  const all = await createWebhook('all', { idempotencyKey: 'all' });
  const ends = await createWebhook('ends', { events: ['ALERT_ENDED'] });
  const other = await addClient(agency, 'Other');
  await createWebhook('other', { clientId: toGlobalId('Client', other.id) });
  await loadDay(true);
  await loadDay(true);
  await loader.rig.send(await loader.rig.add(publishAlerts, {}));
  await settled();

  const [began, ...none] = on('/all');
  expect(none).toEqual([]);
  const told = readVerified(all.secret, began as never);
  const { alerts } = await ask<{ alerts: { nodes: object[] } }>(
    `{ alerts { nodes { id kind severity message client { id name } feed { id name } } } }`,
  );
  expect(told).toEqual({
    type: 'alert.began',
    timestamp: expect.any(String),
    data: {
      alert: {
        ...alerts.nodes[0],
        ...{ date: null, count: 1, beganAt: expect.any(String), endedAt: null, rule: null },
      },
    },
  });
  expect(() => readVerified(ends.secret, began as never)).toThrow('No matching signature');
  expect(await deliveriesOf(all.id)).toMatchObject([
    { event: 'ALERT_BEGAN', status: 'DELIVERED', attempts: 1, lastStatus: 204, alert: {} },
  ]);
  expect(began?.headers['webhook-id']).toBe((await deliveriesOf(all.id))[0]?.id);

  await loadDay(false);
  const ended = on('/all')[1];
  expect(readVerified(all.secret, ended as never)).toMatchObject({
    type: 'alert.ended',
    data: { alert: { endedAt: expect.any(String) } },
  });
  expect(on('/ends').map((each) => readVerified(ends.secret, each).type)).toEqual(['alert.ended']);
  expect(on('/other')).toEqual([]);
  // Shown once.
  expect(await createWebhook('all', { idempotencyKey: 'all' })).toEqual({ id: all.id, secret: '' });
  await remove(ends.id);
  await remove(all.id);
});

test('what fails is tried again under one id, given up in the end, and sent again by hand', async () => {
  const { id, secret } = await createWebhook('failing');
  receiver.instead.push((response) => response.writeHead(500).end('sorry'));
  await loadDay(true);
  const [delivery] = await deliveriesOf(id);
  expect(delivery).toMatchObject({ status: 'PENDING', attempts: 1, lastStatus: 500 });
  expect(delivery?.lastError).toBe('The receiver answered 500.');
  const waitMs = Date.parse(delivery?.nextAttemptAt ?? '') - Date.now();
  expect(waitMs).toBeLessThan(6_000);

  receiver.instead.push((response) => response.writeHead(302, { location: '/failing' }).end());
  await hurry();
  expect(await deliveriesOf(id)).toMatchObject([{ status: 'PENDING', lastStatus: 302 }]);
  await write((em) =>
    em.execute(`update webhook_deliveries set attempts = 7 where ended_at is null`),
  );
  receiver.instead.push((response) => response.writeHead(503).end());
  await hurry();
  expect(await deliveriesOf(id)).toMatchObject([
    { status: 'DEAD', attempts: 8, lastStatus: 503, nextAttemptAt: null },
  ]);

  const redeliver = `mutation ($id: ID!) { redeliverWebhook(id: $id) { delivery { status attempts } } }`;
  const again = await ask(redeliver, { id: delivery?.id });
  expect(again.redeliverWebhook).toEqual({ delivery: { status: 'PENDING', attempts: 0 } });
  await hurry();
  expect(await deliveriesOf(id)).toMatchObject([{ status: 'DELIVERED', attempts: 1 }]);
  const sent = on('/failing');
  expect(sent).toHaveLength(4);
  expect(new Set(sent.map(({ headers }) => headers['webhook-id']))).toEqual(
    new Set([delivery?.id]),
  );
  expect(new Set(sent.map(({ body }) => body)).size).toBe(1);
  for (const each of sent) readVerified(secret, each);
  await expect(ask(redeliver, { id: delivery?.id })).rejects.toThrow('Only what was given up');
  await loadDay(false);
  await remove(id);
});

test('a receiver that is no more, or took nothing for days, is switched off, which people are told', async () => {
  const mails = () =>
    write((em) =>
      em.execute<{ letter: string }[]>(
        `select letter_ciphertext as letter from mails where kind = 'WEBHOOK_OFF' order by created_at`,
      ),
    );
  const { id } = await createWebhook('leaving');
  const state = () =>
    ask(`query ($id: ID!) { node(id: $id) { ... on Webhook { active offReason failingSince } } }`, {
      id,
    });
  receiver.instead.push((response) => response.writeHead(410).end());
  await loadDay(true);
  expect(await state()).toMatchObject({ node: { active: false, offReason: 'GONE' } });
  expect(agency.cipher.decrypt((await mails())[0]?.letter ?? '')).toContain('"webhook":"leaving"');
  const [dead] = await deliveriesOf(id);
  expect(dead).toMatchObject({ status: 'DEAD', attempts: 1, lastStatus: 410 });
  const again = 'mutation ($id: ID!) { redeliverWebhook(id: $id) { delivery { id } } }';
  await expect(ask(again, { id: dead?.id })).rejects.toThrow('The webhook is switched off');
  // What begins or ends meanwhile is not told.
  await loadDay(false);
  expect(await deliveriesOf(id)).toHaveLength(1);

  const update = `mutation ($input: UpdateWebhookInput!) { updateWebhook(input: $input) { webhook { active offReason } } }`;
  const switchedOn = await ask(update, { input: { id, active: true } });
  expect(switchedOn.updateWebhook).toEqual({ webhook: { active: true, offReason: null } });
  await write((em) =>
    em.execute(`update webhooks set failing_since = now() - interval '6 days' where id = ?`, [
      fromGlobalId('Webhook', id),
    ]),
  );
  const test = 'mutation ($id: ID!) { testWebhook(id: $id) { delivery { event status } } }';
  receiver.instead.push((response) => response.writeHead(500).end());
  expect((await ask(test, { id })).testWebhook).toEqual({
    delivery: { event: 'TEST', status: 'PENDING' },
  });
  await hurry();
  expect(await state()).toMatchObject({ node: { active: false, offReason: 'FAILING' } });
  expect(await mails()).toHaveLength(2);
  await expect(ask(test, { id })).rejects.toThrow('switched off');
  await remove(id);
});

test('a new secret signs beside the one before; a receiver that takes something is well again', async () => {
  const { id, secret: first } = await createWebhook('rotated');
  const { rotateWebhookSecret: rotated } = await ask<{ rotateWebhookSecret: { secret: string } }>(
    'mutation ($id: ID!) { rotateWebhookSecret(id: $id) { secret webhook { previousSecretUntil } } }',
    { id },
  );
  await write((em) =>
    em.execute('update webhooks set failing_since = now() where id = ?', [
      fromGlobalId('Webhook', id),
    ]),
  );
  await ask('mutation ($id: ID!) { testWebhook(id: $id) { delivery { id } } }', { id });
  await hurry();
  const [sent] = on('/rotated');
  for (const secret of [first, rotated.secret]) {
    expect(readVerified(secret, sent as never)).toMatchObject({
      ...{ type: 'test', data: { webhook: { id, name: 'rotated' } } },
    });
  }
  const { webhooks } = await ask<{ webhooks: { nodes: object[] } }>(
    '{ webhooks(first: 1) { nodes { name active failingSince deliveries(first: 1, statuses: [DELIVERED]) { nodes { event } } } } }',
  );
  expect(webhooks.nodes).toEqual([
    {
      ...{ name: 'rotated', active: true, failingSince: null },
      deliveries: { nodes: [{ event: 'TEST' }] },
    },
  ]);
  const kept = await write((em) =>
    em.execute<{ kept: string }[]>(
      `select secret_ciphertext || previous_secret_ciphertext || coalesce((select string_agg(l.after::text, '') from audit_log l), '') as kept
       from webhooks where name = 'rotated'`,
    ),
  );
  for (const secret of [first, rotated.secret]) expect(kept[0]?.kept).not.toContain(secret);
});

test.each([
  ['without encryption', { url: 'http://hooks.example/' }, 'begins with https://'],
  [
    'with a password',
    { url: 'https://user:secret@hooks.example/' },
    'Leave user name and password',
  ],
  ['of a private network', { url: 'https://10.0.0.1/' }, 'to the open internet'],
  ['of this machine', { url: 'https://[::1]/' }, 'to the open internet'],
  ['that is none', { url: 'hooks.example' }, 'Give an address'],
  ['that is too long', { url: `https://hooks.example/${'a'.repeat(2_048)}` }, 'at most 2048'],
  ['with a fragment', { url: 'https://hooks.example/#part' }, 'Leave out what follows the #'],
  ['without events', { events: [] }, 'Choose one event at least'],
  ['of a long name', { name: 'n'.repeat(300) }, 'A name has 1 to 255 characters'],
  ['of a taken name', { name: 'ROTATED' }, 'There is a webhook named "ROTATED" already'],
  [
    'of a client that is not there',
    { clientId: toGlobalId('Client', crypto.randomUUID()) },
    'There is no such client',
  ],
])('an address or a webhook %s is refused', async (_, wrong, message) => {
  await expect(createWebhook('wrong', wrong)).rejects.toThrow(message);
});

test('only administrators see and change webhooks, and those of others are not there', async () => {
  const { webhooks } = await ask<{ webhooks: { nodes: { id: string }[] } }>(
    '{ webhooks { nodes { id } } }',
  );
  const id = webhooks.nodes[0]?.id ?? '';
  const analyst = { ...agency.actor, role: 'ANALYST' as const };
  await expect(ask('{ webhooks { nodes { id } } }', {}, analyst)).rejects.toThrow('role ADMIN');
  expect(await ask('query ($id: ID!) { node(id: $id) { id } }', { id }, analyst)).toEqual({
    node: null,
  });
  const others = await addOrganization(agency, { ...agency.owner, email: 'owner@other.example' });
  const stranger = await findActor(agency.database, others);
  for (const change of [
    'updateWebhook(input: { id: $id, active: false }) { webhook { id } }',
    'rotateWebhookSecret(id: $id) { secret }',
    'testWebhook(id: $id) { delivery { id } }',
    'removeWebhook(id: $id) { removedId }',
  ]) {
    const mutation = `mutation ($id: ID!) { ${change} }`;
    await expect(ask(mutation, { id }, stranger)).rejects.toThrow('There is no such webhook');
    await expect(ask(mutation, { id }, analyst)).rejects.toThrow('role ADMIN');
  }
  await write((em) =>
    em.execute(
      `insert into webhook_deliveries (organization_id, webhook_id, event, payload, status, ended_at)
       select organization_id, id, 'TEST', '{}', 'DELIVERED', now() from webhooks, generate_series(1, 10)
       where id = ?`,
      [fromGlobalId('Webhook', id)],
    ),
  );
  const test = 'mutation ($id: ID!) { testWebhook(id: $id) { delivery { id } } }';
  await expect(ask(test, { id })).rejects.toThrow('Too many tests of this webhook');
});

test('of very many alerts some are queued at a time, each once', async () => {
  await createWebhook('many');
  await write((em) =>
    em.execute(
      `insert into alerts (organization_id, client_id, feed_id, kind, severity, date, message)
       select organization_id, client_id, id, 'MISSING_FILE', 'CRITICAL', date '2026-02-01' + n, 'It is not there.'
       from feeds, generate_series(1, 3) n where id = ?`,
      [feed.id],
    ),
  );
  const queue = () => write((em) => queueDeliveries(em, 2));
  const queued = [await queue(), await queue(), await queue()];
  const alerts = queued.map((some) => some && new Set(some.map(({ alertId }) => alertId)).size);
  expect(alerts).toEqual([2, 1, null]);
  const all = queued.flatMap((some) => some ?? []);
  expect(new Set(all.map(({ alertId }) => alertId)).size).toBe(3);
});
