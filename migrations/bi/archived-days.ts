import { feedViews } from './feed-views.ts';

/** What is otherwise in the views of 0011 since days can be archived: [view, was, is]. */
const changes = [
  [
    'feed_days',
    's.version > 0 as has_data',
    `s.version > 0 and s.status <> 'ARCHIVED' as has_data`,
  ],
  [
    'feed_days',
    'APPLIED where it has data; else HELD, MISSING or FAILED.',
    'APPLIED where it has data; else HELD, MISSING, FAILED or, where its facts left for the archive, ARCHIVED.',
  ],
  [
    'data_gaps',
    'case when s.status in',
    `case when s.status = 'ARCHIVED' then s.status when s.status in`,
  ],
  [
    'data_gaps',
    'where coalesce(s.version, 0) = 0',
    `where coalesce(s.version, 0) = 0 or s.status = 'ARCHIVED'`,
  ],
  ['data_gaps', 'MISSING: no file.', 'ARCHIVED: its facts left for the archive. MISSING: no file.'],
] as const;

/** SQL that has the views tell archived days from days with data. */
export const archivedDayViews = ['feed_days', 'data_gaps'].map((name) => {
  const view = feedViews.find((sql) => sql.includes(`create view bi.${name} `)) ?? '';
  return changes
    .filter(([of]) => of === name)
    .reduce((sql, [, was, is]) => sql.replaceAll(was, is), view)
    .replace('create view', 'create or replace view');
});
