import { Migration } from '@mikro-orm/migrations';
import { tenantTable } from './support/tenant-table.ts';

/** What people want to be told of beside troubles of feeds, and what they do with what they were told. */
export class AlertRules extends Migration {
  override name = '0031-alert-rules';

  override up(): void {
    this.addSql(`
      create table alert_rules (
        id uuid primary key default gen_random_uuid(),
        organization_id uuid not null references organizations,
        -- null: each client of the organization
        client_id uuid references clients,
        campaign_id uuid references campaigns,
        name text not null check (length(name) between 1 and 255),
        severity text not null check (severity in ('INFO', 'WARNING', 'CRITICAL')),
        subject text not null check (subject in ('METRIC', 'CHANGE', 'PACE', 'MISSING_DAYS', 'DAYS_BEHIND')),
        metric text,
        comparison text not null check (comparison in ('ABOVE', 'BELOW')),
        -- of a change a fraction: -0.3 is 30 % less
        threshold numeric(29, 9) not null,
        range_preset text not null,
        compared_with text check (compared_with in ('PREVIOUS_PERIOD', 'PREVIOUS_YEAR')),
        -- with fewer it tells nothing
        min_impressions bigint not null default 0 check (min_impressions >= 0),
        enabled boolean not null default true,
        removed_at timestamptz,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        check ((subject in ('METRIC', 'CHANGE')) = (metric is not null)),
        check ((subject = 'CHANGE') = (compared_with is not null)),
        check (campaign_id is null or client_id is not null)
      );
      create unique index alert_rules_name_key on alert_rules (organization_id, lower(name)) where removed_at is null;
      create index on alert_rules (client_id);
      create index on alert_rules (campaign_id);
      ${tenantTable('alert_rules', { clientColumn: 'client_id' })}

      alter table alerts
        alter feed_id drop not null,
        add rule_id uuid references alert_rules,
        add severity text not null default 'WARNING' check (severity in ('INFO', 'WARNING', 'CRITICAL')),
        -- until then nobody is told, should it begin anew
        add snoozed_until timestamptz,
        add acknowledged_at timestamptz,
        add acknowledged_by uuid references users,
        add note text,
        drop constraint alerts_kind_check,
        add constraint alerts_kind_check check (kind in (
          'FAILED_RUN', 'MISSING_FILE', 'VALIDATION_ERRORS', 'HELD_RUN', 'CREDENTIAL_REFUSED', 'RULE'
        )),
        -- what it is of
        add check ((kind = 'RULE') = (rule_id is not null)),
        add check (num_nonnulls(feed_id, rule_id) = 1);
      create index on alerts (acknowledged_by);
      drop index alerts_open;
      create unique index alerts_open on alerts (feed_id, kind, date) nulls not distinct
        where resolved_at is null and rule_id is null;
      create unique index alerts_of_rule on alerts (rule_id, client_id) where resolved_at is null and rule_id is not null;
    `);

    this.addSql(`
      -- As createOrganization does from now on.
      alter table organizations no force row level security;
      alter table schedules no force row level security;
      insert into schedules (organization_id, job_name, payload, cron, time_zone, next_run_at)
      select id, 'evaluate-alert-rules', '{}', '30 7 * * *', time_zone,
        (date_trunc('day', now() at time zone time_zone) + interval '31 hours 30 minutes') at time zone time_zone
      from organizations;
      alter table organizations force row level security;
      alter table schedules force row level security;
    `);
  }
}
