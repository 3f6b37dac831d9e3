import { addDays, today } from '../../src/domain/calendar.ts';
import type { Client } from '../../src/domain/client/client.entity.ts';
import { updateClient } from '../../src/domain/client/update-client.ts';
import type { Feed } from '../../src/domain/feed/feed.entity.ts';
import { toGlobalId } from '../../src/domain/global-id.ts';
import type { Viewer } from '../../src/domain/identity/viewer.ts';
import { type Agency, addClient, addFeed, createAgency } from '../support/agency.ts';
import { type Answer, ask as askGraph } from '../support/ask.ts';
import { createGraph } from '../support/graph.ts';
import { addFacts, addMedia, type MediaIds } from '../support/media.ts';

let agency: Agency;
let graph: Awaited<ReturnType<typeof createGraph>>;
let client: Client;
let feed: Feed;
let ids: MediaIds;

beforeAll(async () => {
  agency = await createAgency();
  graph = await createGraph(agency);
  client = await addClient(agency, 'Acme');
  feed = await addFeed(agency, client);
  ids = await addMedia(agency, feed, ['Brand/Geo/Display/Ad', 'Brand/Geo/Video/Spot', 'Sale']);
});
afterAll(async () => {
  await graph.close();
  await agency.close();
});

const ask = (text: string, variables: object = {}, viewer: Viewer = agency.actor) =>
  askGraph(graph, viewer, text, variables);
const idOf = (path: string) => {
  const type = ['Campaign', 'Strategy', 'Placement', 'Creative'][path.split('/').length - 1];
  return toGlobalId(type ?? '', ids.get(path) ?? '');
};
const namesIn = (list: Answer) => list.edges.map(({ node }: Answer) => node.name);

const auditOf = async (path: string) => {
  const rows = await agency.database.withTenant(agency.tenant, (em) =>
    em.execute('select action from audit_log where entity_id = ? order by at', [ids.get(path)]),
  );
  return rows.map(({ action }) => action);
};

const versionOf = async () => {
  const [row] = await agency.database.withTenant(agency.tenant, (em) =>
    em.execute('select media_version from clients where id = ?', [client.id]),
  );
  return Number(row?.media_version);
};

describe('status', () => {
  const statusOf = async (path: string) =>
    (
      await ask('query ($id: ID!) { node(id: $id) { ... on MediaNode { status } } }', {
        id: idOf(path),
      })
    ).data.node.status;

  test.each([
    // Half a day ahead of UTC, and half a day behind: what is lately differs.
    ['Pacific/Kiritimati', 7, 'ACTIVE'],
    ['Pacific/Kiritimati', 8, 'ENDED'],
    ['Pacific/Pago_Pago', 7, 'ACTIVE'],
    ['Pacific/Pago_Pago', 8, 'ENDED'],
  ])('in %s, of a delivery %i days ago: %s', async (timeZone, days, expected) => {
    const zoned = await addClient(agency, `Zoned ${timeZone} ${days}`);
    await agency.database.withTenant(agency.tenant, (em) =>
      em.execute('update clients set time_zone = ? where id = ?', [timeZone, zoned.id]),
    );
    const own = await addFeed(agency, zoned);
    const made = await addMedia(agency, own, ['c/s/p/a', 'c/s/p/none']);
    // Midnight may pass between the delivery and the question.
    for (let before = ''; before !== today(timeZone); ) {
      before = today(timeZone);
      const date = addDays(before, -days);
      await agency.database.withTenant(agency.tenant, async (em) => {
        await em.execute('delete from daily_metrics where feed_id = ?', [own.id]);
        await em.execute('delete from daily_rollups where feed_id = ?', [own.id]);
      });
      await addFacts(agency, own, made, [
        { path: 'c/s/p/a', date, impressions: 1 },
        { path: 'c/s/p/none', date, impressions: 0 },
      ]);
      const levels = 'campaigns strategies placements creatives'.split(' ');
      const list = (statuses: string) =>
        levels.map(
          (name) =>
            `${name}${statuses}: ${name}(filter: { clientIds: ["${toGlobalId('Client', zoned.id)}"],
              statuses: [${statuses}] }) { edges { node { name status } } }`,
        );
      const { data } = await ask(`{ ${[...list('ACTIVE'), ...list('ENDED')].join(' ')} }`);
      if (before !== today(timeZone)) continue;
      const seen = levels.map((name) => data[`${name}${expected}`].edges[0]?.node);
      expect(seen).toEqual(['c', 's', 'p', 'a'].map((name) => ({ name, status: expected })));
      expect(namesIn(data.creativesENDED)).toContain('none');
    }
  });

  test('what is archived takes what belongs to it along, until it is taken up again', async () => {
    const change = (verb: string, path: string) =>
      ask(
        `mutation ($ids: [ID!]!) { ${verb}(input: { ids: $ids }) {
          nodes { __typename name status archivedAt } } }`,
        { ids: [idOf(path)] },
      );
    const { data } = await change('archiveMedia', 'Brand/Geo');
    const [node] = data.archiveMedia.nodes;
    expect(node).toMatchObject({ __typename: 'Strategy', name: 'Geo', status: 'ARCHIVED' });
    expect(node.archivedAt).not.toBeNull();
    const again = await change('archiveMedia', 'Brand/Geo');
    expect(again.data.archiveMedia.nodes).toEqual([node]);
    expect(await statusOf('Brand')).toBe('ENDED');
    expect(await statusOf('Brand/Geo/Video/Spot')).toBe('ARCHIVED');
    const listed = await ask(
      '{ creatives(filter: { statuses: [ARCHIVED] }) { edges { node { name archivedAt } } } }',
    );
    expect(listed.data.creatives.edges.map((edge: Answer) => edge.node)).toEqual([
      { name: 'Ad', archivedAt: null },
      { name: 'Spot', archivedAt: null },
    ]);
    await change('unarchiveMedia', 'Brand/Geo');
    await change('unarchiveMedia', 'Brand/Geo');
    expect(await statusOf('Brand/Geo/Video/Spot')).toBe('ENDED');
    expect(await auditOf('Brand/Geo')).toEqual(['ARCHIVE', 'UNARCHIVE']);
  });

  test('all or none: with an id that is not there, nothing is archived', async () => {
    const missing = toGlobalId('Campaign', '5b0c4a0e-6f0e-4b57-9a51-3f6f0a1f6f11');
    const archive = (...named: string[]) =>
      ask('mutation ($ids: [ID!]!) { archiveMedia(input: { ids: $ids }) { nodes { name } } }', {
        ids: named,
      });
    expect((await archive(idOf('Sale'), missing)).error).toMatchObject({ code: 'NOT_FOUND' });
    expect(await statusOf('Sale')).toBe('ENDED');
    for (const wrong of [[], ['x'], [toGlobalId('Client', client.id)], Array(1001).fill(missing)]) {
      expect((await archive(...wrong)).error).toMatchObject({
        ...{ code: 'BAD_USER_INPUT', fields: ['ids'] },
      });
    }
  });
});

describe('labels', () => {
  const set = (input: object) =>
    ask(
      `mutation ($input: SetCampaignLabelsInput!) {
        setCampaignLabels(input: $input) { campaigns { name labels } } }`,
      { input: { campaignIds: [idOf('Brand')], ...input } },
    );
  test('are the same whatever their case, as they were first spelled, and known to their client', async () => {
    const before = await versionOf();
    const first = await set({ add: ['  Summer   Sale ', 'b2b', 'SUMMER sale'] });
    expect(first.data.setCampaignLabels.campaigns).toEqual([
      { name: 'Brand', labels: ['b2b', 'Summer Sale'] },
    ]);
    expect(await versionOf()).toBe(before + 1);
    await set({ add: ['B2B'] });
    expect(await versionOf()).toBe(before + 1);
    const both = await set({ campaignIds: [idOf('Sale'), idOf('Brand')], add: ['SUMMER SALE'] });
    expect(both.data.setCampaignLabels.campaigns).toEqual([
      { name: 'Sale', labels: ['Summer Sale'] },
      { name: 'Brand', labels: ['b2b', 'Summer Sale'] },
    ]);
    expect(await auditOf('Brand')).toEqual(['LABEL']);
    const used = '{ labels(clientId: "CLIENT") { label campaigns } }';
    const { data } = await ask(used.replace('CLIENT', toGlobalId('Client', client.id)));
    expect(data.labels).toEqual([
      { label: 'b2b', campaigns: 1 },
      { label: 'Summer Sale', campaigns: 2 },
    ]);
    const viewer = { ...agency.actor, role: 'CLIENT' as const, clientIds: [feed.id] };
    const foreign = await ask('{ labels { label } }', {}, viewer);
    expect(foreign.data.labels).toEqual([]);
  });

  test('filter every level by the campaign', async () => {
    await set({ add: ['Only brand'] });
    const levels = 'clients campaigns strategies placements creatives'.split(' ');
    const lists = levels.map(
      (name) => `${name}(filter: { label: "only BRAND" }) { edges { node { name } } }`,
    );
    const { data } = await ask(`{ ${lists.join(' ')} }`);
    expect(levels.map((name) => namesIn(data[name]))).toEqual([
      ...[['Acme'], ['Brand'], ['Geo'], ['Display', 'Video'], ['Ad', 'Spot']],
    ]);
    await set({ remove: ['ONLY BRAND', 'never there'] });
    const after = await ask('{ creatives(filter: { label: "Only brand" }) { totalCount } }');
    expect(after.data.creatives.totalCount).toBe(0);
  });

  test.each([
    ['an empty one', { add: [' '] }, 'add'],
    ['one too long', { add: ['x'.repeat(101)] }, 'add'],
    ['a control', { remove: ['a\u0007b'] }, 'remove'],
    ['too many', { add: Array.from({ length: 21 }, (_, index) => `l${index}`) }, 'add'],
    ['no campaign', { campaignIds: [] }, 'campaignIds'],
  ])('%s is refused, and nothing changes', async (_, input, field) => {
    const before = await versionOf();
    expect((await set(input)).error).toMatchObject({ code: 'BAD_USER_INPUT', fields: [field] });
    expect(await versionOf()).toBe(before);
  });

  test('a campaign that is not there is NOT_FOUND', async () => {
    const campaignIds = [idOf('Brand'), toGlobalId('Campaign', feed.id)];
    expect((await set({ campaignIds, add: ['x'] })).error).toMatchObject({ code: 'NOT_FOUND' });
  });
});

test('a new name of a client is a change of its media, the same one is none', async () => {
  const before = await versionOf();
  const rename = (name: string) =>
    agency.database.withTenant(agency.tenant, (em) =>
      updateClient(em, agency.actor, client.id, { name }),
    );
  await rename('Acme');
  expect(await versionOf()).toBe(before);
  await rename('Acme & Co');
  expect(await versionOf()).toBe(before + 1);
});
