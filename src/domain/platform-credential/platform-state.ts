import type { EntityManager } from '@mikro-orm/postgresql';
import { arrayLiteral } from '../array-literal.ts';
import type { BudgetNews } from '../report/report-platform.ts';
import type { PlatformCredential } from './platform-credential.entity.ts';

/** So many calls in a row that were not answered end the asking, for so long. */
export interface Breaker {
  mostFailures: number;
  openSeconds: number;
}

const usualBreaker: Breaker = { mostFailures: 5, openSeconds: 300 };
/** A credential with its secret, as it is kept. */
type Sealed = Pick<PlatformCredential, 'id' | 'secretCiphertext'>;

/** How long the others wait for the one that finds out whether it is over. */
const trialSeconds = 30;

/**
 * Ask leave to call the platform, of all workers' one budget and breaker; what is granted is spent.
 *
 * Once the breaker has been open for its time, one call is let through to find out, and the others wait on.
 *
 * @param isCreation whether a report is created, which the budget limits.
 * @returns null where the call may be made; else when to ask again.
 */
export async function admitCall(
  em: EntityManager,
  credentialId: string,
  isCreation: boolean,
): Promise<Date | null> {
  const [admitted] = await em.execute(
    `update platform_credentials set
       open_until = case when open_until is not null then now() + ? * interval '1 second' end,
       budget_left = case when not ? then budget_left
         when budget_reset_at <= now() then creations_per_hour - 1
         else least(budget_left, creations_per_hour) - 1 end,
       budget_reset_at = case when ? and budget_reset_at <= now() then now() + interval '1 hour'
         else budget_reset_at end
     where id = ? and (open_until is null or open_until <= now())
       and (not ? or budget_reset_at <= now() or budget_left > 0)
     returning id`,
    [trialSeconds, isCreation, isCreation, credentialId, isCreation],
  );
  if (admitted) return null;
  const [row] = await em.execute<{ until: string }[]>(
    `select greatest(open_until, case when ? and budget_left <= 0 then budget_reset_at end, now())::text
       as until from platform_credentials where id = ?`,
    [isCreation, credentialId],
  );
  return new Date(row?.until ?? Number.NaN);
}

/**
 * Ask leave to ask the platform a question. Where nothing is wrong with it, that changes nothing: many are asked at once.
 *
 * @returns null where it may be asked; else when to try again.
 */
export async function admitQuestion(em: EntityManager, credentialId: string): Promise<Date | null> {
  const [row] = await em.execute<{ until: string | null; isOver: boolean }[]>(
    `select open_until::text as until, open_until <= now() as "isOver"
     from platform_credentials where id = ?`,
    [credentialId],
  );
  if (!row?.until) return null;
  return row.isOver ? admitCall(em, credentialId, false) : new Date(row.until);
}

/** Keep what the platform says of its budget: there may be other users of it, whom we do not see. */
export async function noteBudget(
  em: EntityManager,
  credentialId: string,
  { left, resetAt }: BudgetNews,
): Promise<void> {
  await em.execute(
    `update platform_credentials set budget_left = least(budget_left, ?), budget_reset_at = ?
     where id = ? and ? between now() and now() + interval '1 day'`,
    [left, resetAt, credentialId, resetAt],
  );
}

/**
 * The platform answered: the credentials work, and nothing stands in the way of the next call. Of many answers at
 * once, one is written down.
 */
export async function noteAnswered(
  em: EntityManager,
  ...credentialIds: readonly string[]
): Promise<void> {
  await em.execute(
    `update platform_credentials set status = 'WORKING', checked_at = now(), failures = 0, open_until = null
     where id in (
       select id from platform_credentials
       where id = any (?::uuid[]) and (status <> 'WORKING' or failures > 0 or open_until is not null
         or checked_at is null or checked_at < now() - interval '1 second')
       order by id for no key update
     )`,
    [arrayLiteral([...new Set(credentialIds)])],
  );
}

/** The platform does not take the credential, unless that has another secret by now: then nothing is known of it. */
export async function noteRefused(
  em: EntityManager,
  { id, secretCiphertext }: Sealed,
): Promise<void> {
  await em.execute(
    `update platform_credentials set status = 'REFUSED', checked_at = now(), failures = 0, open_until = null
     where id = ? and secret_ciphertext = ?`,
    [id, secretCiphertext],
  );
}

/** Whether a credential has another secret by now, or is gone. */
export async function isReplaced(
  em: EntityManager,
  { id, secretCiphertext }: Sealed,
): Promise<boolean> {
  const [same] = await em.execute(
    'select from platform_credentials where id = ? and secret_ciphertext = ?',
    [id, secretCiphertext],
  );
  return same === undefined;
}

/** The platform did not answer; after so many times, nobody asks for a while. */
export async function noteUnanswered(
  em: EntityManager,
  credentialId: string,
  { mostFailures, openSeconds }: Breaker = usualBreaker,
): Promise<void> {
  await em.execute(
    `update platform_credentials set failures = failures + 1,
       open_until = case when failures + 1 >= ? then now() + ? * interval '1 second' else open_until end
     where id = ?`,
    [mostFailures, openSeconds, credentialId],
  );
}

/** No report may be created before an instant. */
export async function noteThrottled(
  em: EntityManager,
  credentialId: string,
  until: Date,
): Promise<void> {
  await em.execute(
    `update platform_credentials set budget_left = 0, budget_reset_at = ?, failures = 0, open_until = null
     where id = ?`,
    [until, credentialId],
  );
}
