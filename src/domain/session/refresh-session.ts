import type { EntityManager } from '@mikro-orm/postgresql';
import type { Origin } from '../audit-log/record-change.ts';
import type { SecurityLog } from '../audit-log/security-log.ts';
import { idleDays } from './open-session.ts';
import { Session } from './session.entity.ts';

/** A token that is presented, and the one it is traded for: as their hashes. */
export interface Trade {
  presented: string;
  successor: string;
}

/**
 * For so long a token that was traded may come again, as long as nobody has used its successor: a client's two
 * tabs refresh at once, or an answer is lost on its way.
 */
const graceSeconds = 30;

/**
 * Renew a session: trade its token for the next one.
 *
 * One that was traded before, longer ago than a moment or whose successor was used since, is in two hands: whoever
 * has it now, the session ends for both.
 *
 * @param days it stands at most, since somebody signed in.
 * @returns the session as it is now; one that has ended renews nothing.
 */
export async function refreshSession(
  em: EntityManager,
  security: Pick<SecurityLog, 'note'>,
  origin: Origin,
  days: number,
  sessionId: string,
  { presented, successor }: Trade,
): Promise<Session> {
  // Whoever trades a token of this session at the same time waits here, and then sees what was done.
  await em.execute('select from sessions where id = ? for no key update', [sessionId]);
  const [state] = await em.execute<{ isOver: boolean; isUsed: boolean; isRepeat: boolean }[]>(
    `select s.ended_at is not null or s.expires_at <= now() as "isOver",
       t.used_at is not null as "isUsed",
       coalesce(
         t.used_at > now() - make_interval(secs => ?) and next.used_at is null
           and next.token_hash is not null, false
       ) as "isRepeat"
     from refresh_tokens t
     join sessions s on s.id = t.session_id
     left join refresh_tokens next on next.token_hash = ?
     where t.token_hash = ?`,
    [graceSeconds, successor, presented],
  );
  if (state && !state.isOver) {
    if (!state.isUsed) await trade(em, sessionId, { presented, successor });
    if (state.isUsed && !state.isRepeat) await endForReuse(em, security, origin, sessionId);
    else await extend(em, origin, days, sessionId);
  }
  return em.findOneOrFail(Session, sessionId);
}

async function extend(em: EntityManager, { ip, userAgent }: Origin, days: number, id: string) {
  await em.execute(
    `update sessions set ip = ?, user_agent = ?, last_used_at = date_trunc('milliseconds', now()),
       expires_at = least(now() + make_interval(days => ?), created_at + make_interval(days => ?))
     where id = ?`,
    [ip, userAgent, idleDays, days, id],
  );
}

async function trade(em: EntityManager, sessionId: string, { presented, successor }: Trade) {
  await em.execute(
    `with traded as (
       update refresh_tokens set used_at = now() where token_hash = ? returning organization_id
     )
     insert into refresh_tokens (token_hash, session_id, organization_id)
     select ?, ?, organization_id from traded`,
    [presented, successor, sessionId],
  );
}

/** Who presented it is not known: it may be the thief, or the one who was robbed. */
async function endForReuse(
  em: EntityManager,
  security: Pick<SecurityLog, 'note'>,
  origin: Origin,
  id: string,
): Promise<void> {
  const [ended] = await em.execute<{ organization_id: string; user_id: string }[]>(
    `update sessions set ended_at = now(), ending = 'REFRESH_REUSED' where id = ?
     returning organization_id, user_id`,
    [id],
  );
  const aboutUserId = ended?.user_id ?? null;
  await security.note(
    {
      event: 'REFRESH_REUSED',
      organizationId: ended?.organization_id ?? null,
      ...{ userId: null, serviceTokenId: null, aboutUserId, origin },
      ...{ entityType: 'Session', entityId: id, after: { userId: aboutUserId } },
    },
    em,
  );
}
