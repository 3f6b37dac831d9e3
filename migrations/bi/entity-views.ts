import { type BiColumn, biView } from './bi-view.ts';
import {
  clientColumns,
  followMerge,
  graphIdColumn,
  type Level,
  levelColumns,
  levels,
} from './shared-columns.ts';

const clients = biView({
  name: 'clients',
  comment: 'Every client of the organization.',
  columns: [
    ['client_id', 'e.id', 'The client, as in the other views.'],
    graphIdColumn('Client', 'e.id'),
    ['client_name', 'e.name', 'Its name.'],
    ['kind', 'e.kind', 'AGENCY_CLIENT or INDIVIDUAL.'],
    ['status', 'e.status', 'ACTIVE, DISABLED or ARCHIVED.'],
    ['time_zone', 'e.time_zone', 'In which its days are counted.'],
    ['currency', 'e.currency', 'ISO 4217 code of all its amounts.'],
    ['created_at', 'e.created_at', 'When it was added.'],
  ],
  from: 'clients e',
});

const labels = biView({
  name: 'campaign_labels',
  comment:
    'The labels of campaigns, one by one. A campaign with two labels counts towards both: their sums do not add up.',
  columns: [
    ['campaign_id', 'l.campaign_id', 'The campaign: joins bi.campaigns.'],
    ['label', 'l.label', 'The label.'],
  ],
  from: 'campaign_labels l join campaigns c on c.id = l.campaign_id where c.canonical_id is null',
});

/** What some levels have beside what all have. */
const ownColumns: Record<string, readonly BiColumn[]> = {
  campaign: [
    ['source', 'e.source', 'Where it comes from, such as SURFSIDE.'],
    [
      'labels',
      'array(select l.label from campaign_labels l where l.campaign_id = e.id order by l.label)',
      'Its labels; bi.campaign_labels has them one by one.',
    ],
  ],
  creative: [['preview_url', 'e.preview_url', 'Where it can be looked at.']],
};

function statusColumn({ name, table }: Level, above: readonly Level[]): BiColumn {
  const facts =
    name === 'creative'
      ? 'daily_metrics f on f.creative_id = m.id'
      : 'daily_rollups f on f.entity_id = m.id';
  const archivals = ['e', ...above.map((each) => each.name)].map((each) => `${each}.archived_at`);
  return [
    'status',
    `case when coalesce(${archivals.join(', ')}) is not null then 'ARCHIVED'
        when exists (
          select from ${table} m join ${facts}
          where (m.id = e.id or m.canonical_id = e.id) and f.impressions > 0
            and f.date >= (now() at time zone client.time_zone)::date - 7
        ) then 'ACTIVE' else 'ENDED' end`,
    'ACTIVE with delivery in the last 7 days, else ENDED; ARCHIVED where it, or what stands above it, was archived by hand.',
  ];
}

/** Clients, and the entities of every level with what stands above them. */
export const entityViews = [
  clients,
  labels,
  ...levels.map((level, depth) => {
    const { name, table } = level;
    const above = levels.slice(0, depth);
    // By what each was found below, as its facts are: a merge moves nothing else.
    const below = [...levels.slice(1, depth).map((each) => `${each.name}_key`), 'e'];
    const joins = above.map((each, index) => followMerge(each, `${below[index]}.${each.name}_id`));
    return biView({
      name: table,
      comment: `Every ${name}, but those that were merged into another.`,
      columns: [
        [`${name}_id`, 'e.id', `The ${name}, as in the daily views.`],
        graphIdColumn(`${name.charAt(0).toUpperCase()}${name.slice(1)}`, 'e.id'),
        [`${name}_name`, 'e.name', 'Its name, as the source first wrote it.'],
        ...clientColumns,
        ...above.flatMap(levelColumns),
        ...(ownColumns[name] ?? []),
        statusColumn(level, above),
        ['archived_at', 'e.archived_at', 'When it was archived by hand.'],
        ['created_at', 'e.created_at', 'When it was first seen.'],
      ],
      from: `${table} e
      left join clients client on client.id = e.client_id
      ${joins.reverse().join('')}
      where e.canonical_id is null`,
    });
  }),
];
