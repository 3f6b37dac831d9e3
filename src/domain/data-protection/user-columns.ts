/** A column that refers to users, and what becomes of its rows. */
export interface UserColumn {
  table: string;
  column: string;
  /** What its rows are, for who reads an export; null where an export leaves them out. */
  about: string | null;
  /** Columns that an export of a person leaves out, beside those that hold secrets. */
  without?: readonly string[];
  /** Why its rows stay when the user is erased, where they do: with an id that leads to nobody. */
  kept?: string;
}

const acts = 'what was done stays, by somebody unknown';

/**
 * Every column that refers to users. A test compares it with the database's catalogue, so that none is forgotten; what
 * it does not keep, `erase_user` and the removal of files erase.
 */
export const userColumns: readonly UserColumn[] = [
  {
    table: 'users',
    column: 'id',
    about: 'Your account.',
    kept: 'emptied, since others refer to it',
  },
  { table: 'memberships', column: 'user_id', about: 'Your place in this organization.' },
  { table: 'sessions', column: 'user_id', about: 'Where and when you signed in.' },
  { table: 'sessions', column: 'ended_by', about: null, kept: acts },
  { table: 'second_factors', column: 'user_id', about: 'That you use a second factor.' },
  { table: 'openid_identities', column: 'user_id', about: 'Providers that you sign in with.' },
  { table: 'consents', column: 'user_id', about: 'What you agreed to.' },
  { table: 'password_resets', column: 'user_id', about: 'Links to choose a new password.' },
  { table: 'invitations', column: 'accepted_by', about: 'How you joined.' },
  { table: 'invitations', column: 'invited_by', about: null, kept: acts },
  { table: 'files', column: 'user_id', about: 'Files that were made about you.' },
  { table: 'files', column: 'requested_by', about: 'Files that you asked for.', kept: acts },
  {
    ...{ table: 'metrics_exports', column: 'requested_by' },
    ...{ about: 'Metrics that you wanted as a file.', kept: acts },
  },
  {
    ...{ table: 'issued_reports', column: 'requested_by' },
    ...{ about: 'Reports that you had issued.', kept: acts },
  },
  {
    ...{ table: 'aeo_audits', column: 'requested_by' },
    ...{ about: 'Audits of answers that you began.', kept: acts },
  },
  { table: 'uploads', column: 'requested_by', about: 'Files that you uploaded.', kept: acts },
  { table: 'erasures', column: 'requested_by', about: 'Erasures that you asked for.', kept: acts },
  { table: 'erasures', column: 'cancelled_by', about: null, kept: acts },
  { table: 'job_runs', column: 'requested_by', about: 'Work that you had done.', kept: acts },
  { table: 'backfills', column: 'requested_by', about: 'Backfills that you began.', kept: acts },
  { table: 'alerts', column: 'acknowledged_by', about: null, kept: acts },
  { table: 'ingestion_runs', column: 'resolved_by', about: null, kept: acts },
  { table: 'queue_pauses', column: 'paused_by', about: 'Queues that you paused.', kept: acts },
  {
    table: 'breach_notices',
    column: 'user_id',
    about: 'Notices of breaches that you were sent.',
    kept: 'that a notice was sent has to be shown',
  },
  {
    table: 'operations.emergency_guests',
    column: 'user_id',
    about: null,
    kept: "the operator's, and no more than an id",
  },
  { table: 'service_tokens', column: 'created_by', about: 'Service tokens you made.', kept: acts },
  { table: 'service_tokens', column: 'revoked_by', about: null, kept: acts },
  { table: 'webhooks', column: 'created_by', about: 'Webhooks that you made.', kept: acts },
  {
    table: 'audit_log',
    column: 'user_id',
    about: 'What you did.',
    // may tell of other people
    without: ['before', 'after'],
    kept: 'the record of what was done, without address and device',
  },
];
