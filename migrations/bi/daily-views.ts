import { type BiColumn, biView } from './bi-view.ts';
import { clientColumns, feedColumns, followMerge, levelColumns, levels } from './shared-columns.ts';

const facts: readonly BiColumn[] = [
  ['impressions', 'f.impressions', 'Times that an ad was shown.'],
  ['clicks', 'f.clicks', 'Clicks on ads. Null where the source does not report them.'],
  [
    'conversions',
    'f.conversions',
    'Conversions, with fractions: platform-attributed, not de-duplicated. Null where not reported.',
  ],
  ['revenue', 'f.revenue', 'Conversion revenue. Null where not reported.'],
  ['spend', 'f.spend', 'Impressions / 1000 x the CPM in force on the day.'],
  ['media_cost', 'f.media_cost', 'What the platform itself charged. Null where not reported.'],
  ['completed_views', 'f.completed_views', 'Videos played to the end. Null where not reported.'],
  ['margin', 'f.spend - f.media_cost', 'Spend - media cost. Null where no media cost is reported.'],
];

/** The facts of each day of clients and of every level: of creatives as they are stored, else rolled up. */
export const dailyViews = ['client', ...levels.map(({ name }) => name)].map((name, depth) => {
  const shown = levels.slice(0, depth);
  const isStored = depth === levels.length;
  const joins = shown.map((level) =>
    followMerge(level, level.name === name && !isStored ? 'f.entity_id' : `f.${level.name}_id`),
  );
  return biView({
    name: isStored ? 'daily_metrics' : `daily_${name}_metrics`,
    comment:
      `Facts of each day, feed and ${name}, to be summed. What was merged counts towards the other, and rows ` +
      'that report other facts stand apart: a day may have several rows. For ratios see bi.ratio.',
    columns: [
      ['date', 'f.date', 'The day, in the time zone of the feed.'],
      ...feedColumns,
      ...clientColumns,
      [
        'currency',
        'client.currency',
        'ISO 4217 code of all amounts: never add those of different ones.',
      ],
      ...shown.flatMap(levelColumns),
      ...facts,
    ],
    from: `${isStored ? 'daily_metrics' : 'daily_rollups'} f
      left join feeds feed on feed.id = f.feed_id
      left join clients client on client.id = f.client_id
      ${joins.reverse().join('')}
      ${isStored ? '' : `where f.level = '${name.toUpperCase()}'`}`,
  });
});
