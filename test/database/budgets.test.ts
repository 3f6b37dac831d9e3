import { addDays, today } from '../../src/domain/calendar.ts';
import type { Client } from '../../src/domain/client/client.entity.ts';
import { toGlobalId } from '../../src/domain/global-id.ts';
import {
  type Agency,
  addClient,
  addFeed,
  addOrganization,
  createAgency,
  findActor,
} from '../support/agency.ts';
import { ask } from '../support/ask.ts';
import { type NamedFact, putFacts } from '../support/facts.ts';
import { createGraph } from '../support/graph.ts';

let agency: Agency;
let graph: Awaited<ReturnType<typeof createGraph>>;
let client: Client;
let clientId: string;
let brandId: string;
let saleId: string;

/** Yesterday, and days before it: what counts. */
const daysAgo = (days: number) => addDays(today('UTC'), -days);

beforeAll(async () => {
  agency = await createAgency();
  graph = await createGraph(agency);
  client = await addClient(agency);
  clientId = toGlobalId('Client', client.id);
  const feed = await addFeed(agency, client);
  const fact = (date: string, campaign: string, spend: string): NamedFact => ({
    ...{ date, campaign, strategy: 'Geo', placement: 'Display', creative: '300x250', spend },
    ...{ impressions: 1000, clicks: 10, conversions: '1', revenue: '20' },
    ...{ media_cost: null, completed_views: null },
  });
  // 60 of the last ten days but one, of which today does not count.
  await putFacts(agency, feed, [
    ...[10, 9, 8, 7, 6, 5, 4, 3, 2].map((days) => fact(daysAgo(days), 'Brand', '60')),
    fact(daysAgo(5), 'Sale', '40.5'),
    fact(daysAgo(0), 'Brand', '1000'),
  ]);
  const { campaigns } = await told('{ campaigns(orderBy: { field: NAME }) { nodes { id } } }');
  [brandId, saleId] = campaigns.nodes.map(({ id }: { id: string }) => id);
});
afterAll(async () => {
  await graph.close();
  await agency.close();
});

async function told(text: string, viewer = agency.actor) {
  const { data, error } = await ask(graph, viewer, text);
  if (error) throw error;
  return data;
}

const create = async (input: string, of = clientId) =>
  (
    await told(
      `mutation { createBudget(input: { clientId: "${of}", ${input} }) { budget { id amount flights { from to } } } }`,
    )
  ).createBudget.budget;
const change = (mutation: string) => told(`mutation { ${mutation} { budget { id amount } } }`);
const pacing = async (id: string, selection: string) =>
  (await told(`{ node(id: "${id}") { ... on Budget { currency pacing { ${selection} } } } }`)).node;
const days = (from: number, to: number) => `fromDate: "${daysAgo(from)}", toDate: "${daysAgo(to)}"`;

test('a budget is paced by its flight days up to yesterday, of the client or of one campaign', async () => {
  const all =
    'asOf status flightDays flightDaysElapsed daysWithData spent expected remaining paceRatio projectedSpend exhaustedOn';
  const whole = await create(`amount: "1000", ${days(10, -9)}`);
  // 9 x 60 + 40.5 of 10 days of 20.
  expect(await pacing(whole.id, all)).toEqual({
    currency: 'USD',
    pacing: {
      ...{ asOf: daysAgo(1), status: 'OVER', flightDays: 20, flightDaysElapsed: 10 },
      ...{ daysWithData: 9, spent: '580.5', expected: '500', remaining: '419.5' },
      // The amount lasts for 1000 / 58.05 days, rounded up: 18.
      ...{ paceRatio: '1.161', projectedSpend: '1161', exhaustedOn: daysAgo(-7) },
    },
  });
  const flights = `flights: [{ from: "${daysAgo(2)}", to: "${daysAgo(-1)}" }, { from: "${daysAgo(10)}", to: "${daysAgo(9)}" }]`;
  const own = await create(`campaignId: "${saleId}", amount: "60", ${days(10, -9)}, ${flights}`);
  expect(own.flights.map(({ from }: { from: string }) => from)).toEqual([daysAgo(10), daysAgo(2)]);
  // 4 of 6 flight days are over; it was spent between them, which counts.
  expect((await pacing(own.id, 'status flightDays spent expected paceRatio')).pacing).toEqual({
    ...{ status: 'ON_PACE', flightDays: 6, spent: '40.5', expected: '40', paceRatio: '1.0125' },
  });
  const later = await create(`amount: "1", ${days(-20, -30)}`);
  expect((await pacing(later.id, 'status spent paceRatio')).pacing).toEqual({
    ...{ status: 'NOT_STARTED', spent: '0', paceRatio: null },
  });
  const { budgets } = await told(
    `{ budgets(filter: { clientId: "${clientId}", on: "${daysAgo(1)}" }) { nodes { id client { name } campaign { name } } } }`,
  );
  expect(budgets.nodes).toEqual([
    { id: own.id, client: { name: 'Acme' }, campaign: { name: 'Sale' } },
    { id: whole.id, client: { name: 'Acme' }, campaign: null },
  ]);
  const statements = async (first: number) =>
    (await ask(graph, agency.actor, `{ budgets(first: ${first}) { nodes { pacing { spent } } } }`))
      .statements.length;
  expect(await statements(3)).toBe(await statements(1));
});

test('budgets are made once, changed, and taken back; each change is kept', async () => {
  const input = `campaignId: "${brandId}", amount: "10", ${days(10, 1)}, idempotencyKey: "b"`;
  const { id } = await create(input);
  expect((await create(input)).id).toBe(id);
  await expect(
    create(`campaignId: "${brandId}", amount: "5", ${days(1, 0)}`),
  ).rejects.toMatchObject({ code: 'CONFLICT', fields: ['fromDate', 'toDate'] });
  expect(await change(`updateBudget(input: { id: "${id}", amount: "12.50" })`)).toEqual({
    updateBudget: { budget: { id, amount: '12.5' } },
  });
  await change(`updateBudget(input: { id: "${id}", amount: "12.5" })`);
  // A campaign that was merged into another is spent of with that one.
  await change(`updateBudget(input: { id: "${id}", toDate: "${daysAgo(2)}" })`);
  await told(
    `mutation { mergeEntities(input: { mediaId: "${saleId}", intoMediaId: "${brandId}" }) { node { id } } }`,
  );
  expect((await pacing(id, 'spent status')).pacing).toEqual({ spent: '580.5', status: 'ENDED' });
  await change(`removeBudget(id: "${id}")`);
  await change(`removeBudget(id: "${id}")`);
  await expect(change(`updateBudget(input: { id: "${id}", amount: "1" })`)).rejects.toMatchObject({
    code: 'CONFLICT',
  });
  await create(`campaignId: "${brandId}", amount: "5", ${days(1, 0)}`);
  const actions = await agency.database.withTenant(agency.tenant, (em) =>
    em.execute(
      `select action, after ->> 'amount' as amount from audit_log where entity_type = 'Budget' and entity_id in
         (select id from budgets where removed_at is not null) order by at, id`,
    ),
  );
  expect(actions).toEqual([
    { action: 'CREATE', amount: '10' },
    { action: 'UPDATE', amount: '12.5' },
    { action: 'UPDATE', amount: '12.5' },
    { action: 'REMOVE', amount: null },
  ]);
});

test('what cannot be a budget is refused, and those of others are not there', async () => {
  const bad = { code: 'BAD_USER_INPUT' };
  const free = await addClient(agency, 'Free');
  const of = toGlobalId('Client', free.id);
  for (const input of [
    `amount: "0", ${days(2, 1)}`,
    `amount: "-1", ${days(2, 1)}`,
    `amount: "1.1234567", ${days(2, 1)}`,
    `amount: "1", ${days(1, 2)}`,
    `amount: "1", ${days(5, 1)}, flights: [{ from: "${daysAgo(6)}", to: "${daysAgo(5)}" }]`,
    `amount: "1", ${days(5, 1)}, flights: [{ from: "${daysAgo(4)}", to: "${daysAgo(2)}" }, { from: "${daysAgo(2)}", to: "${daysAgo(1)}" }]`,
  ]) {
    await expect(create(input, of)).rejects.toMatchObject(bad);
  }
  const notFound = { code: 'NOT_FOUND' };
  // A campaign of another client.
  const ofOther = create(`campaignId: "${brandId}", amount: "1", ${days(2, 1)}`, of);
  await expect(ofOther).rejects.toMatchObject(notFound);
  const { id } = await create(`amount: "1", ${days(2, 1)}`, of);
  const others = await addOrganization(agency, {
    email: 'o@other.example',
    password: 'long enough for all',
  });
  const stranger = await findActor(agency.database, others);
  const remove = `mutation { removeBudget(id: "${id}") { budget { id } } }`;
  await expect(told(remove, stranger)).rejects.toMatchObject(notFound);
  expect(await told('{ budgets { nodes { id } } }', stranger)).toEqual({ budgets: { nodes: [] } });
  const viewer = { ...agency.actor, role: 'CLIENT' as const, clientIds: [free.id] };
  await expect(told(remove, viewer)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  expect(await told('{ budgets { nodes { id } } }', viewer)).toEqual({
    budgets: { nodes: [{ id }] },
  });
});
