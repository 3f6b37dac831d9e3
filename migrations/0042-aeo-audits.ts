import { Migration } from '@mikro-orm/migrations';
import { tenantTable } from './support/tenant-table.ts';

/** How AI answer engines speak of brands: what is asked, what they answered, and whom they named. */
export class AeoAudits extends Migration {
  override name = '0042-aeo-audits';

  override up(): void {
    this.addSql(`
      -- A client's brand, and its competitors'.
      create table brands (
        id uuid primary key default gen_random_uuid(),
        organization_id uuid not null references organizations,
        client_id uuid not null references clients,
        is_own boolean not null,
        name text not null check (length(name) between 1 and 255),
        aliases text[] not null default '{}',
        domains text[] not null default '{}',
        -- words that tell it from the common word that it also is
        context_words text[] not null default '{}',
        removed_at timestamptz,
        created_at timestamptz not null default date_trunc('milliseconds', now())
      );
      create unique index brands_own_key on brands (client_id) where is_own and removed_at is null;
      create unique index brands_name_key on brands (client_id, lower(name)) where removed_at is null;
      ${tenantTable('brands', { clientColumn: 'client_id' })}

      -- What a client's brand is about.
      create table brand_profiles (
        client_id uuid primary key references clients,
        organization_id uuid not null references organizations,
        industry text,
        products text[] not null default '{}',
        locale text not null default 'en',
        updated_at timestamptz not null default now()
      );
      ${tenantTable('brand_profiles', { clientColumn: 'client_id' })}

      -- What is asked, where, and how often: audits of one set-up are compared with each other.
      create table aeo_set_ups (
        id uuid primary key default gen_random_uuid(),
        organization_id uuid not null references organizations,
        client_id uuid not null references clients,
        name text not null check (length(name) between 1 and 255),
        settings jsonb not null,
        -- null where audits of it are begun by hand alone
        timing jsonb,
        schedule_id uuid references schedules on delete set null,
        removed_at timestamptz,
        created_at timestamptz not null default date_trunc('milliseconds', now()),
        updated_at timestamptz not null default now()
      );
      create unique index aeo_set_ups_name_key on aeo_set_ups (client_id, lower(name)) where removed_at is null;
      create index on aeo_set_ups (organization_id, created_at desc, id desc);
      create index on aeo_set_ups (schedule_id);
      ${tenantTable('aeo_set_ups', { clientColumn: 'client_id' })}

      create table aeo_audits (
        id uuid primary key default gen_random_uuid(),
        organization_id uuid not null references organizations,
        client_id uuid not null references clients,
        set_up_id uuid not null references aeo_set_ups,
        -- what set-up and profile said then
        settings jsonb not null,
        profile jsonb not null,
        status text not null default 'PENDING' check (status in
          ('PENDING', 'RUNNING', 'PAUSED', 'COMPLETED', 'COMPLETED_WITH_ERRORS', 'FAILED', 'CANCELLED')),
        stage text not null default 'INITIALIZING',
        -- of the whole, 0 to 1; it only grows
        progress numeric(7, 6) not null default 0,
        question_count int,
        -- answers wanted in all
        answer_count int,
        -- US dollars
        cost_estimate numeric(24, 15),
        -- how often questions were released
        batch int not null default 0,
        recoveries int not null default 0,
        error_code text,
        error_message text,
        requested_by uuid references users,
        job_run_id uuid references job_runs,
        created_at timestamptz not null default date_trunc('milliseconds', now()),
        started_at timestamptz,
        asking_since timestamptz,
        active_at timestamptz not null default now(),
        finished_at timestamptz
      );
      create index on aeo_audits (organization_id, created_at desc, id desc);
      create index on aeo_audits (client_id, created_at desc, id desc);
      create index on aeo_audits (set_up_id, created_at);
      create index on aeo_audits (job_run_id);
      create index on aeo_audits (organization_id) where status in ('PENDING', 'RUNNING', 'PAUSED');
      ${tenantTable('aeo_audits', { clientColumn: 'client_id' })}

      create table aeo_questions (
        id uuid primary key default gen_random_uuid(),
        organization_id uuid not null references organizations,
        client_id uuid not null references clients,
        audit_id uuid not null references aeo_audits on delete cascade,
        place int not null,
        text text not null check (length(text) between 1 and 1000),
        category text not null,
        type text not null,
        provider text not null,
        target_brand_id uuid references brands,
        priority numeric(7, 6) not null,
        -- what the priority is made of
        factors jsonb not null default '[]',
        unique (audit_id, place)
      );
      create index on aeo_questions (client_id);
      ${tenantTable('aeo_questions', { clientColumn: 'client_id' })}

      -- One question to one platform, once: what was, or is to be, answered.
      create table aeo_answers (
        id uuid primary key default gen_random_uuid(),
        organization_id uuid not null references organizations,
        client_id uuid not null references clients,
        audit_id uuid not null references aeo_audits on delete cascade,
        question_id uuid not null references aeo_questions on delete cascade,
        platform text not null,
        repetition smallint not null,
        -- PENDING until it is released to be asked
        status text not null default 'PENDING' check (status in ('PENDING', 'RELEASED', 'ANSWERED', 'FAILED', 'SKIPPED')),
        job_run_id uuid references job_runs,
        batch int,
        -- most that it may cost, in US dollars, while it is on its way
        cost_ceiling numeric(24, 15),
        cost numeric(24, 15),
        -- times that it came to nothing, and that the platform said to come later
        failures smallint not null default 0,
        refusals smallint not null default 0,
        error_code text,
        error_message text,
        -- the answer, encrypted, and what the platform says of it
        content_ciphertext text,
        model text,
        finish_reason text,
        request_id text,
        latency_ms int,
        input_tokens int,
        output_tokens int,
        searches int,
        -- it says that it knows nothing
        is_empty boolean,
        ended_at timestamptz,
        unique (audit_id, question_id, platform, repetition),
        check ((status = 'ANSWERED') = (content_ciphertext is not null))
      );
      create index on aeo_answers (audit_id, status, platform);
      create index on aeo_answers (question_id);
      create unique index on aeo_answers (job_run_id);
      create index on aeo_answers (client_id);
      ${tenantTable('aeo_answers', { clientColumn: 'client_id' })}

      -- What an answer says of a brand that it names or cites.
      create table aeo_findings (
        answer_id uuid not null references aeo_answers on delete cascade,
        brand_id uuid not null references brands,
        organization_id uuid not null references organizations,
        client_id uuid not null references clients,
        audit_id uuid not null references aeo_audits on delete cascade,
        mention_count int not null,
        citation_count int not null,
        -- rank in a list, or by first mention
        position smallint,
        confidence numeric(7, 6),
        -- -1 to 1
        sentiment numeric(7, 6),
        sentiment_label text,
        -- what graded it, with its version
        grader text,
        -- where in the text: spans in UTF-16 code units
        mentions jsonb not null,
        primary key (answer_id, brand_id)
      );
      create index on aeo_findings (audit_id, brand_id);
      create index on aeo_findings (brand_id);
      create index on aeo_findings (client_id);
      ${tenantTable('aeo_findings', { clientColumn: 'client_id' })}

      -- What an answer refers to.
      create table aeo_citations (
        answer_id uuid not null references aeo_answers on delete cascade,
        place smallint not null,
        organization_id uuid not null references organizations,
        client_id uuid not null references clients,
        audit_id uuid not null references aeo_audits on delete cascade,
        -- registrable domain
        domain text not null,
        url text not null,
        title text,
        brand_id uuid references brands,
        primary key (answer_id, place)
      );
      create index on aeo_citations (audit_id, domain);
      create index on aeo_citations (brand_id);
      create index on aeo_citations (client_id);
      ${tenantTable('aeo_citations', { clientColumn: 'client_id' })}
    `);
  }
}
