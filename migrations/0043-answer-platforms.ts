import { Migration } from '@mikro-orm/migrations';

/** Credentials that are an organization's, for all of its clients, and turns at platforms. */
export class AnswerPlatforms extends Migration {
  override name = '0043-answer-platforms';

  override up(): void {
    this.addSql(`
      -- Those of platforms that answer questions may be the organization's own.
      alter table platform_credentials
        alter column client_id drop not null,
        add check (client_id is not null or source in ('OPENAI', 'ANTHROPIC', 'PERPLEXITY', 'GEMINI'));
      create unique index platform_credentials_shared_name_key
        on platform_credentials (organization_id, lower(name)) where client_id is null;

      -- When the next turn at something is; a crash may reset it.
      create unlogged table operations.turns (
        key text primary key,
        next_at timestamptz not null
      );
      grant select, insert, update on operations.turns to mediagraph_worker;
    `);
  }
}
