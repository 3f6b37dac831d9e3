import { Migration } from '@mikro-orm/migrations';
import { tenantTable } from './support/tenant-table.ts';

/** Receivers of others that are told of alerts, and what became of each thing that they are told. */
export class Webhooks extends Migration {
  override name = '0039-webhooks';

  override up(): void {
    this.addSql(`
      create table webhooks (
        id uuid primary key default gen_random_uuid(),
        organization_id uuid not null references organizations,
        -- null: told of each client of the organization
        client_id uuid references clients,
        name text not null check (length(name) between 1 and 255),
        url text not null check (length(url) <= 2048),
        secret_ciphertext text not null,
        -- signs beside the present one until then
        previous_secret_ciphertext text,
        previous_secret_until timestamptz,
        events text[] not null check (cardinality(events) > 0 and events <@ array['ALERT_BEGAN', 'ALERT_ENDED']),
        active boolean not null default true,
        -- since its receiver last took something, where it took nothing of late
        failing_since timestamptz,
        -- why it was switched off without anybody asking
        off_reason text check (off_reason in ('FAILING', 'GONE')),
        created_by uuid references users,
        created_at timestamptz not null default date_trunc('milliseconds', now()),
        updated_at timestamptz not null default now(),
        check (off_reason is null or not active)
      );
      create unique index webhooks_name_key on webhooks (organization_id, lower(name));
      create index on webhooks (organization_id, created_at desc, id desc);
      create index on webhooks (client_id);
      create index on webhooks (created_by);
      ${tenantTable('webhooks', 'UNLIMITED_ONLY')}

      create table webhook_deliveries (
        -- by which a receiver knows what it was told already
        id uuid primary key default gen_random_uuid(),
        organization_id uuid not null references organizations,
        webhook_id uuid not null references webhooks on delete cascade,
        client_id uuid references clients,
        -- null: it only tests
        alert_id uuid references alerts,
        event text not null check (event in ('ALERT_BEGAN', 'ALERT_ENDED', 'TEST')),
        -- as it is sent, each time
        payload text not null,
        status text not null default 'PENDING' check (status in ('PENDING', 'DELIVERED', 'DEAD')),
        attempts integer not null default 0,
        last_status integer,
        last_error text,
        next_attempt_at timestamptz,
        -- as precise as cursors are
        created_at timestamptz not null default date_trunc('milliseconds', now()),
        ended_at timestamptz,
        check ((event = 'TEST') = (alert_id is null)),
        check ((status = 'PENDING') = (ended_at is null)),
        unique (webhook_id, alert_id, event)
      );
      create index on webhook_deliveries (webhook_id, created_at desc, id desc);
      create index on webhook_deliveries (organization_id, created_at);
      create index on webhook_deliveries (client_id);
      create index on webhook_deliveries (alert_id);
      ${tenantTable('webhook_deliveries', 'UNLIMITED_ONLY')}

      alter table alerts
        -- when webhooks were told that it began, and that it ended
        add began_sent_at timestamptz,
        add ended_sent_at timestamptz;
      alter table alerts no force row level security;
      -- What is past by now is news to nobody.
      update alerts set began_sent_at = first_seen_at, ended_sent_at = resolved_at;
      alter table alerts force row level security;
      create index alerts_began_unsent on alerts (organization_id) where began_sent_at is null and resolved_at is null;
      create index alerts_ended_unsent on alerts (organization_id)
        where ended_sent_at is null and began_sent_at is not null and resolved_at is not null;
      -- Those of a rule.
      create index on alerts (rule_id, first_seen_at desc, id desc) where rule_id is not null;
      -- The open ones of a glance at all clients, or at one.
      create index alerts_open_of_client on alerts (organization_id, client_id) where resolved_at is null;
    `);
  }
}
