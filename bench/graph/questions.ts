import { toGlobalId } from '../../src/domain/global-id.ts';
import { clientNames, dayAt, dayCount, idOf } from './shape.ts';

/** One question in both graphs' words, which both answer with the same numbers. */
export interface Question {
  name: string;
  ours: string;
  theirs: string;
}

const metrics = '{ impressions clicks conversions revenue spend ctr cpc roas }';
const ourMetrics = `metrics(range: $range) ${metrics}`;
const theirMetrics = `metrics: metricsList(fromDay: $from, toDay: $to) ${metrics}`;

/** Children down from a client: each level's name, how many of them, and what is asked of each. */
type Level = [name: string, first: number, fields: string];

function ours(levels: Level[]): string {
  const tree = levels.reduceRight(
    (below, [name, first, fields]) =>
      `${name}(first: ${first}) { nodes { id name ${fields} ${below} } }`,
    '',
  );
  const range = tree.includes('$range') ? ', $range: DateRangeInput!' : '';
  return `query Q($client: ID!${range}) { client: node(id: $client) { ... on Client { ${tree} } } }`;
}

function theirs(levels: Level[]): string {
  const parents = ['Client', 'Campaign', 'Strategy'];
  const tree = levels.reduceRight((below, [name, first, fields], depth) => {
    const args = `first: ${first}, orderBy: NAME_ASC`;
    return `${name}: ${name}By${parents[depth]}Id(${args}) { nodes { id name ${fields} ${below} } }`;
  }, '');
  const range = tree.includes('$from') ? ', $from: Date!, $to: Date!' : '';
  return `query Q($client: UUID!${range}) { client: clientByRowId(rowId: $client) { ${tree} } }`;
}

const down =
  (...counts: number[]) =>
  (fields: string): Level[] =>
    counts.map((first, depth) => [
      ['campaigns', 'strategies', 'placements'][depth] ?? '',
      first,
      fields,
    ]);

function inBoth(name: string, levels: (fields: string) => Level[], withMetrics: boolean): Question {
  return {
    name,
    ours: ours(levels(withMetrics ? ourMetrics : '')),
    theirs: theirs(levels(withMetrics ? theirMetrics : '')),
  };
}

/** A client's days; each says whether there are data. */
const series: Question = {
  name: 'series',
  ours: `query Q($client: ID!, $all: DateRangeInput!) {
    client: node(id: $client) { ... on Client {
      series: timeSeries(range: $all) { from status metrics ${metrics} }
    } }
  }`,
  theirs: `query Q($client: UUID!, $first: Date!, $last: Date!) {
    client: clientByRowId(rowId: $client) {
      series(fromDay: $first, toDay: $last) { nodes { from status metrics ${metrics} } }
    }
  }`,
};

/** A client's placements of one channel, by what was spent on them. */
const sorted: Question = {
  name: 'sorted',
  ours: `query Q($client: ID!, $range: DateRangeInput!) {
    placements(
      filter: { clientIds: [$client], nameContains: "video" }
      orderBy: { field: METRIC, metric: SPEND, range: $range, direction: DESC }
      first: 50
    ) { nodes { id name ${ourMetrics} } }
  }`,
  theirs: `query Q($client: UUID!, $from: Date!, $to: Date!) {
    placements: peerSortedPlacements(ofClient: $client, nameContains: "video", fromDay: $from, toDay: $to, first: 50) {
      nodes { id: placementId name metrics ${metrics} }
    }
  }`,
};

export const questions: Question[] = [
  inBoth('campaigns', down(40), true),
  inBoth('deep', down(10, 5, 5), true),
  inBoth('nodes', down(20, 5, 4), false),
  series,
  sorted,
];

/** What the nth request asks about: clients and 30 days take turns. */
export function variablesOf(request: number): { ours: object; theirs: object } {
  const clientId = idOf(clientNames[request % clientNames.length] ?? '');
  const start = (request * 7) % (dayCount - 30);
  const [from, to] = [dayAt(start), dayAt(start + 29)];
  const [first, last] = [dayAt(0), dayAt(dayCount - 1)];
  return {
    ours: {
      client: toGlobalId('Client', clientId),
      range: { from, to },
      all: { from: first, to: last },
    },
    theirs: { client: clientId, from, to, first, last },
  };
}
