import type { EntityManager } from '@mikro-orm/postgresql';
import { DomainError } from '../errors.ts';
import type { PlatformCredential } from '../platform-credential/platform-credential.entity.ts';
import { keyPrecedence } from './find-answer-credentials.ts';

/** Of audits, and of set-ups, so many are named. */
const mostNamed = 5;

interface User {
  kind: 'AUDIT' | 'SET_UP';
  name: string;
  client: string;
}

/**
 * Refuse to do without a key that audits under way are asked with, or that set-ups have no other instead of.
 *
 * A set-up of a client that is not active counts no more, and where another key that is not refused would step in, none does.
 *
 * @throws {DomainError} CONFLICT naming them.
 */
export async function refuseNeededKey(
  em: EntityManager,
  { id, source }: Pick<PlatformCredential, 'id' | 'source'>,
): Promise<void> {
  const users = await em.execute<User[]>(
    `with keys as (
       select c.id as client_id, c.name as client, c.status = 'ACTIVE' as is_active, k.id, k.status,
         row_number() over (partition by c.id order by ${keyPrecedence('k')}) as place
       from clients c
       join platform_credentials k on k.source = ? and (k.client_id = c.id or k.client_id is null)
     ), asked as (
       select k.client_id, k.client, k.is_active and coalesce(next.status = 'REFUSED', true) as is_last
       from keys k left join keys next on next.client_id = k.client_id and next.place = 2
       where k.place = 1 and k.id = ?
     ), wanted as (select jsonb_build_array(jsonb_build_object('platform', ?::text)) as platforms)
     select 'AUDIT' as kind, s.name, a.client
     from asked a cross join wanted w
     join aeo_audits u on u.client_id = a.client_id and u.settings->'platforms' @> w.platforms
     join aeo_set_ups s on s.id = u.set_up_id
     where u.status in ('PENDING', 'RUNNING', 'PAUSED')
     union
     select 'SET_UP', s.name, a.client
     from asked a cross join wanted w
     join aeo_set_ups s on s.client_id = a.client_id and s.settings->'platforms' @> w.platforms
     where a.is_last and s.removed_at is null
     order by 1, 3, 2`,
    [source, id, source],
  );
  if (users.length === 0) return;
  const audits = namesOf(users.filter(({ kind }) => kind === 'AUDIT'));
  const setUps = namesOf(users.filter(({ kind }) => kind === 'SET_UP'));
  const used = [audits && `audits under way of ${audits}`, setUps && `the set-ups ${setUps}`];
  throw new DomainError(
    'CONFLICT',
    `It is used by ${used.filter(Boolean).join(', and by ')}. Replace its secret, or have another key to the platform take its place.`,
  );
}

function namesOf(users: readonly User[]): string {
  const named = users.slice(0, mostNamed).map(({ name, client }) => `"${name}" (${client})`);
  const others = users.length - named.length;
  return others > 0 ? `${named.join(', ')} and ${others} more` : named.join(', ');
}
