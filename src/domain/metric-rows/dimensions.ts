import { periodOf } from '../metrics/period-of.ts';

/** A column that a dimension gives to rows. */
export interface DimensionColumn {
  key: string;
  label: string;
  type: 'DATE' | 'TEXT' | 'ID';
  /** Of an id, what it is the id of. */
  typeName?: string;
  /** SQL of its value, from the grouped facts `g` and what the dimension joins. */
  sql: string;
}

/** Something that metrics can be broken down by. */
export interface Dimension {
  label: string;
  description: string;
  /** How many levels of the hierarchy it goes down: 0 for what is of a feed as a whole, 4 for creatives. */
  depth: number;
  /** SQL of the column of facts `f` that they are grouped by for it, and its name in the grouped facts. */
  groupedBy: { name: string; sql: (weekStartsOn: number) => string };
  /** The joins that its columns need; equal ones of several dimensions are made once. */
  joins: string[];
  columns: DimensionColumn[];
}

const joinFeed = 'join feeds feed on feed.id = g.feed_id';
/** Made for every query: amounts are of the client's currency. */
export const joinClient = 'join clients client on client.id = g.client_id';

const defined = {
  date: period('DAY', 'date', 'Date', 'The day.'),
  week: period('WEEK', 'week', 'Week', 'The first day of the week.'),
  month: period('MONTH', 'month', 'Month', 'The first day of the month.'),
  client: {
    ...{ label: 'Client', description: 'The advertiser.', depth: 0, joins: [] },
    groupedBy: { name: 'client_id', sql: () => 'f.client_id' },
    columns: idAndName('client', 'Client', 'client.id', 'client.name'),
  },
  source: {
    ...{ label: 'Source', description: 'The kind of origin.', depth: 0, joins: [joinFeed] },
    groupedBy: { name: 'feed_id', sql: () => 'f.feed_id' },
    columns: [{ key: 'source', label: 'Source', type: 'TEXT', sql: 'feed.source' }],
  },
  feed: {
    ...{ label: 'Feed', description: 'The channel.', depth: 0, joins: [joinFeed] },
    groupedBy: { name: 'feed_id', sql: () => 'f.feed_id' },
    columns: idAndName('feed', 'Feed', 'feed.id', 'feed.name'),
  },
  campaign: mediaLevel('campaign', 'campaigns', 1, 'The campaign.'),
  strategy: mediaLevel('strategy', 'strategies', 2, 'The strategy.'),
  placement: mediaLevel('placement', 'placements', 3, 'The placement.'),
  creative: mediaLevel('creative', 'creatives', 4, 'The creative.'),
  label: {
    ...{ label: 'Label', depth: 1 },
    description:
      'A label of the campaign. One with several counts towards each, so that rows add up to more than the total.',
    groupedBy: { name: 'campaign_id', sql: () => 'f.campaign_id' },
    joins: [
      ...joinsOf('campaign', 'campaigns'),
      'left join campaign_labels label on label.campaign_id = coalesce(campaign_into.id, campaign.id)',
    ],
    columns: [{ key: 'label', label: 'Label', type: 'TEXT', sql: 'label.label' }],
  },
} satisfies Record<string, Dimension>;

export type DimensionKey = keyof typeof defined;

/** Everything that metrics can be broken down by, by key. */
export const dimensions: Readonly<Record<DimensionKey, Dimension>> = defined;
export const dimensionKeys = Object.keys(defined) as DimensionKey[];

function period(grain: 'DAY' | 'WEEK' | 'MONTH', key: string, label: string, description: string) {
  return {
    ...{ label, description, depth: 0, joins: [] },
    groupedBy: {
      name: key,
      sql: (weekStartsOn: number) => periodOf('f.date', grain, weekStartsOn),
    },
    columns: [{ key, label, type: 'DATE' as const, sql: `g.${key}` }],
  };
}

function mediaLevel(name: string, table: string, depth: number, description: string) {
  const label = capital(name);
  const column = (what: string) => `coalesce(${name}_into.${what}, ${name}.${what})`;
  return {
    ...{ label, description, depth, joins: joinsOf(name, table) },
    groupedBy: { name: `${name}_id`, sql: () => `f.${name}_id` },
    columns: idAndName(name, label, column('id'), column('name')),
  };
}

/** A node, and the one that it was merged into. */
function joinsOf(name: string, table: string): string[] {
  return [
    `join ${table} ${name} on ${name}.id = g.${name}_id`,
    `left join ${table} ${name}_into on ${name}_into.id = ${name}.canonical_id`,
  ];
}

function idAndName(key: string, label: string, id: string, name: string): DimensionColumn[] {
  return [
    { key: `${key}Id`, label: `${label} id`, type: 'ID', typeName: capital(key), sql: id },
    { key, label, type: 'TEXT', sql: name },
  ];
}

function capital(word: string): string {
  return `${word.charAt(0).toUpperCase()}${word.slice(1)}`;
}
