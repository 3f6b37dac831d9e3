import { biView } from './bi-view.ts';
import { clientColumns, feedColumns, graphIdColumn } from './shared-columns.ts';

/** Where data comes from, and which days are there. */
export const feedViews = [
  biView({
    name: 'feeds',
    comment: 'Every feed: one channel of a client and source.',
    columns: [
      ...feedColumns,
      graphIdColumn('Feed', 'feed.id'),
      ...clientColumns,
      ['currency', 'feed.currency', 'ISO 4217 code of its amounts.'],
      ['time_zone', 'feed.time_zone', 'In which its days are counted.'],
      [
        'first_date',
        '(select min(s.date) from slices s where s.feed_id = feed.id and s.version > 0)',
        'The first day that is loaded.',
      ],
      [
        'last_date',
        '(select max(s.date) from slices s where s.feed_id = feed.id and s.version > 0)',
        'The last day that is loaded.',
      ],
      ['created_at', 'feed.created_at', 'When it was added.'],
    ],
    from: 'feeds feed left join clients client on client.id = feed.client_id',
  }),

  biView({
    name: 'feed_days',
    comment:
      'Every day of a feed that was loaded or tried, as it is now. Days without data: bi.data_gaps.',
    columns: [
      ['date', 's.date', 'The day, in the time zone of the feed.'],
      ...feedColumns,
      ...clientColumns,
      ['has_data', 's.version > 0', 'Whether the day has data.'],
      ['status', 's.status', 'APPLIED where it has data; else HELD, MISSING or FAILED.'],
      ['reason', 's.reason', 'Why it has no data.'],
      ['version', 's.version', 'How often its data was replaced; 0 where it never had any.'],
      ['row_count', 's.row_count', 'How many rows of facts it has.'],
      ['impressions', 's.impressions', 'Their impressions.'],
      [
        'loaded_at',
        's.updated_at',
        'When it was last loaded, or found unchanged, or tried in vain.',
      ],
    ],
    from: `slices s
      left join feeds feed on feed.id = s.feed_id
      left join clients client on client.id = s.client_id`,
  }),

  biView({
    name: 'data_gaps',
    comment:
      'Every day without data, from the first that was tried to yesterday in the time zone of the feed. A gap is not a zero.',
    columns: [
      ['date', 'day.date', 'The day, in the time zone of the feed.'],
      ...feedColumns,
      ...clientColumns,
      [
        'status',
        `case when s.status in ('HELD', 'FAILED', 'MISSING') and s.run_slice_id is not null then s.status
        when day.date < first.loaded or first.loaded is null and s.feed_id is null then 'BEFORE_FIRST_DATA'
        else 'PENDING' end`,
        'MISSING: no file. HELD: the file waits for an admin. FAILED: it could not be used. PENDING: not loaded yet. BEFORE_FIRST_DATA: before the first day of the feed.',
      ],
      ['reason', 's.reason', 'Why, in words.'],
    ],
    from: `feeds feed
      join clients client on client.id = feed.client_id
      cross join lateral (
        select min(date) as tried, min(date) filter (where version > 0) as loaded
        from slices where feed_id = feed.id
      ) first
      cross join lateral (
        select each::date as date from generate_series(
          first.tried::timestamp, (now() at time zone feed.time_zone)::date - 1, interval '1 day'
        ) each
      ) day
      left join slices s on s.feed_id = feed.id and s.date = day.date
      where coalesce(s.version, 0) = 0`,
  }),
];
