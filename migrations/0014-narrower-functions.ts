import { Migration } from '@mikro-orm/migrations';

/** Functions of 0013 that reached further than they need, and an index that fits what is asked of it. */
export class NarrowerFunctions extends Migration {
  override name = '0014-narrower-functions';

  override up(): void {
    this.addSql(`
      -- 0013's knew mails that are queued alone; what is cancelled may have failed, too
      drop index mails_about_id_idx;
      create index on mails (about_id) where status in ('QUEUED', 'FAILED');

      -- As in 0013, and without sessions that had ended by themselves.
      create or replace function settle_password_change(of_user uuid) returns void
        language sql security definer set search_path = public, pg_temp as $$
          update password_resets set ended_at = now() where user_id = of_user and ended_at is null;
          update sessions set ended_at = now(), ending = 'PASSWORD_CHANGED'
          where user_id = of_user and ended_at is null and expires_at > now();
        $$;
    `);

    this.addSql(`
      -- Whoever may call the functions below names a column: they must not lay bare any other than these.
      create function require_ciphertexts(of_table text, of_column text) returns void
        language plpgsql stable set search_path = public, pg_temp as $$
        begin
          if of_column not like '%\\_ciphertext' or exists (
            select from pg_attribute
            where attrelid = format('%I', of_table)::regclass and attname = 'organization_id'
          ) then
            raise exception '%.% is no encrypted column of a table that belongs to no organization',
              of_table, of_column using errcode = 'insufficient_privilege';
          end if;
        end $$;

      -- As in 0013, of encrypted columns alone.
      create or replace function stale_ciphertexts(
          of_table text, key_column text, of_column text, key_id text, after uuid, most integer
        ) returns table (id uuid, ciphertext text)
        language plpgsql stable security definer set search_path = public, pg_temp as $$
        begin
          perform require_ciphertexts(of_table, of_column);
          return query execute format(
            'select t.%2$I, t.%3$I from %1$I t
             where split_part(t.%3$I, ''.'', 1) <> $1 and ($2 is null or t.%2$I > $2) order by 1 limit $3',
            of_table, key_column, of_column
          ) using key_id, after, most;
        end $$;

      create or replace function renew_ciphertexts(
          of_table text, key_column text, of_column text, ids uuid[], olds text[], news text[]
        ) returns void
        language plpgsql security definer set search_path = public, pg_temp as $$
        begin
          perform require_ciphertexts(of_table, of_column);
          execute format(
            'update %1$I t set %3$I = renewed.value
             from unnest($1, $2, $3) as renewed (id, was, value)
             where t.%2$I = renewed.id and t.%3$I = renewed.was',
            of_table, key_column, of_column
          ) using ids, olds, news;
        end $$;
    `);
  }
}
