import type { EntityManager } from '@mikro-orm/postgresql';
import { answerPlatformNames } from '../aeo-audit/answer-platform.ts';
import { arrayLiteral } from '../array-literal.ts';
import type { FieldCipher } from '../encryption/field-cipher.ts';
import type { CredentialPlatforms } from '../platform-credential/credential-platform.ts';
import { noteAnswered, noteRefused } from '../platform-credential/platform-state.ts';
import { PlatformError } from '../report/report-platform.ts';
import type { Finding } from './component.ts';

/** What platforms that answer questions are tried with. */
export interface PlatformTrial {
  platforms: CredentialPlatforms;
  cipher: FieldCipher;
  /** Whether a credential may be tried now: it was not a short while ago. */
  mayTry(credentialId: string): Promise<boolean>;
  /** Runs a function in a transaction of its own. */
  transact<T>(fn: (em: EntityManager) => Promise<T>): Promise<T>;
}

interface Key {
  id: string;
  source: string;
  dialect: string;
  secretCiphertext: string;
  status: 'UNTESTED' | 'WORKING' | 'REFUSED';
  /** Whether calls in a row have not been answered. */
  isSilent: boolean;
  checkedAt: string | null;
}

/** Keys that are tried at a time, those first that were not for the longest time. */
const mostTried = 20;
/** Well within what a check may take. */
const answerWithinMs = 1_500;

/**
 * Each platform that answers questions and that there are keys to, by whether it takes them: they are tried by a call
 * that asks no question and costs nothing. FAILING where none of its keys works, DEGRADED where some do not.
 */
export async function checkAnswerPlatforms(trial: PlatformTrial): Promise<Finding[]> {
  const keys = await trial.transact(readKeys);
  const tried = await Promise.all(
    keys.map((key, index) => (index < mostTried ? tryKey(trial, key) : key)),
  );
  const bySource = Map.groupBy(tried, ({ source }) => source);
  return [...bySource].map(([source, found]) => judgeKeys(source, found));
}

function readKeys(em: EntityManager): Promise<Key[]> {
  return em.execute<Key[]>(
    `select id, source, dialect, secret_ciphertext as "secretCiphertext", status, failures > 0 as "isSilent",
       checked_at::text as "checkedAt"
     from platform_credentials where source = any (?::text[]) order by checked_at nulls first, id`,
    [arrayLiteral(answerPlatformNames)],
  );
}

async function tryKey(trial: PlatformTrial, key: Key): Promise<Key> {
  const platform = trial.platforms.get(key.source);
  if (!platform || !(await trial.mayTry(key.id))) return key;
  const { dialect } = key;
  try {
    await inTime(platform.test({ dialect, secret: trial.cipher.decrypt(key.secretCiphertext) }));
  } catch (error) {
    if (!(error instanceof PlatformError)) throw error;
    if (error.failure !== 'REFUSED') return { ...key, isSilent: true };
    await trial.transact((em) => noteRefused(em, key));
    return { ...key, status: 'REFUSED' };
  }
  await trial.transact((em) => noteAnswered(em, key.id));
  return { ...key, status: 'WORKING', isSilent: false, checkedAt: new Date().toISOString() };
}

/** @throws {PlatformError} UNANSWERED when it takes too long. */
async function inTime(answer: Promise<void>): Promise<void> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const error = new PlatformError('UNANSWERED', 'It did not answer in time.');
  const timer = setTimeout(() => reject(error), answerWithinMs);
  // What comes of it later is of no interest.
  answer.catch(() => undefined);
  await Promise.race([answer, late]).finally(() => clearTimeout(timer));
}

function judgeKeys(source: string, keys: readonly Key[]): Finding {
  const count = (isMeant: (key: Key) => boolean) => keys.filter(isMeant).length;
  const refused = count(({ status }) => status === 'REFUSED');
  const silent = count(({ status, isSilent }) => isSilent && status !== 'REFUSED');
  const affected = refused + silent;
  const worked = keys.filter(({ status }) => status === 'WORKING');
  const [last = null] = worked
    .map(({ checkedAt }) => checkedAt)
    .sort()
    .reverse();
  return {
    source,
    status: affected === 0 ? 'OK' : affected === keys.length ? 'FAILING' : 'DEGRADED',
    ...{ value: affected / keys.length, limit: 0, unit: 'SHARE', affected },
    message:
      affected === 0
        ? null
        : `Of ${keys.length} keys it refuses ${refused}, and does not answer with ${silent}.`,
    lastSuccessAt: last === null ? null : new Date(last),
  };
}
