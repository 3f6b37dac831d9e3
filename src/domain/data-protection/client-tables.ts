/** A table with rows of clients, and what becomes of them. */
export interface ClientTable {
  table: string;
  /** What its rows are, for who reads an export. */
  about: string;
  /** Why an export leaves it out, where it does. */
  leftOut?: string;
}

/**
 * Every table with rows of clients, in the order in which they can be erased: what refers to others first. A test
 * compares it with the database's catalogue, so that no table is forgotten.
 */
export const clientTables: readonly ClientTable[] = [
  {
    table: 'daily_rollups',
    about: 'Sums of daily_metrics.',
    leftOut: 'it is made of daily_metrics, and can be made again',
  },
  {
    table: 'monthly_rollups',
    about: 'Sums of months whose facts were archived, for the client and its campaigns.',
  },
  { table: 'daily_metrics', about: 'What was delivered, a row for each feed, day and creative.' },
  { table: 'applied_rates', about: 'The CPM that the spend of a campaign and day was made with.' },
  { table: 'fact_changes', about: 'When the figures of a day were changed, and by what.' },
  { table: 'rejected_rows', about: 'Rows of files that could not be taken, with the reasons.' },
  { table: 'slices', about: 'The state of each feed and day.' },
  {
    table: 'metric_archives',
    about: 'Months of daily_metrics that are in a file of the archive: its sums, size and SHA-256.',
  },
  { table: 'run_slices', about: 'What each run did to each day.' },
  { table: 'report_requests', about: 'Reports that platforms were asked for.' },
  { table: 'report_deliveries', about: 'Whom issued reports were mailed to.' },
  { table: 'issued_reports', about: 'Reports as they were issued; files has their files.' },
  { table: 'report_recipients', about: 'Who gets reports beside members.' },
  { table: 'report_definitions', about: 'Which reports are made, and when.' },
  { table: 'summaries', about: 'What weeks and months came to.' },
  { table: 'webhook_deliveries', about: 'What receivers of others were told of alerts.' },
  { table: 'webhooks', about: 'Receivers of others that are told of alerts.' },
  { table: 'alerts', about: 'Troubles that people were told of.' },
  { table: 'alert_rules', about: 'What people want to be told of.' },
  { table: 'uploads', about: 'Files that were uploaded, and what was found in them.' },
  { table: 'column_mappings', about: 'Which columns of uploaded files stand for what.' },
  { table: 'ingestion_runs', about: 'Runs that loaded files.' },
  { table: 'backfills', about: 'Past days that were to be loaded, in chunks.' },
  { table: 'source_objects', about: 'Files that were fetched, with the SHA-256 of each.' },
  { table: 'media_aliases', about: 'How files name campaigns, strategies, placements, creatives.' },
  { table: 'campaign_labels', about: 'Labels of campaigns.' },
  { table: 'rate_cards', about: "The client's prices per 1,000 impressions." },
  { table: 'budgets', about: 'What was to be spent.' },
  { table: 'creatives', about: 'Creatives.' },
  { table: 'placements', about: 'Placements.' },
  { table: 'strategies', about: 'Strategies.' },
  { table: 'campaigns', about: 'Campaigns.' },
  { table: 'files', about: 'Files that were made of the above, such as exports.' },
  { table: 'metrics_exports', about: 'Metrics that somebody wanted as a file.' },
  { table: 'aeo_citations', about: 'Pages that answers of AI platforms refer to.' },
  { table: 'aeo_findings', about: 'What answers say of brands.' },
  { table: 'aeo_answers', about: 'What AI platforms answered, and what that took.' },
  { table: 'aeo_questions', about: 'What they were asked.' },
  { table: 'aeo_audits', about: 'Audits of what AI platforms say.' },
  { table: 'aeo_set_ups', about: 'What such audits ask, and when.' },
  { table: 'brands', about: 'The brand, and its competitors.' },
  { table: 'brand_profiles', about: 'What the brand is about.' },
  { table: 'schedules', about: 'When files are looked for.' },
  { table: 'job_runs', about: 'Work that was done in the background.' },
  { table: 'feeds', about: 'Where files and reports come from.' },
  { table: 'platform_credentials', about: 'Keys to platforms, without the keys.' },
  { table: 'clients', about: 'The client.' },
];

/** Columns that name clients among others: lists of those that somebody or something sees. */
export const clientLists = [
  'invitations.client_ids',
  'memberships.client_ids',
  'service_tokens.client_ids',
] as const;
