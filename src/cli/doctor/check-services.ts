import { describeRedis } from '../../infra/broker/describe-redis.ts';
import { createFieldCipher } from '../../infra/crypto.ts';
import type { MailConfig } from '../../infra/mail/mail-config.ts';
import { probeMailServer } from '../../infra/mail/smtp-mailer.ts';
import type { OperatorDatabase } from '../../infra/operator-database.ts';
import { probeBucket } from '../../infra/probe-bucket.ts';
import type { S3Settings } from '../../infra/storage.ts';
import { bytes, messageOf } from '../output.ts';
import { type Check, fail, look, ok, warn } from './check.ts';

const mostSkewMs = 60_000;

/** Redis: its version, and whether it may lose what it holds. */
export function checkRedis(url: string): Promise<Check[]> {
  return look('REDIS_URL', 'start Redis, or correct REDIS_URL', async () => {
    const nodes = await describeRedis(url);
    return nodes.flatMap(({ version, evictionPolicy, isPersistent, usedBytes, maxBytes }) => [
      ok('Redis', version),
      evictionPolicy === 'noeviction'
        ? ok('Redis eviction', evictionPolicy)
        : fail(
            'Redis eviction',
            evictionPolicy,
            'set maxmemory-policy noeviction: jobs would vanish',
          ),
      isPersistent
        ? ok('Redis persistence', 'on')
        : warn(
            'Redis persistence',
            'off',
            'set appendonly yes: after a restart all waits for the sweepers',
          ),
      maxBytes > 0 && usedBytes > 0.8 * maxBytes
        ? warn('Redis memory', `${bytes(usedBytes)} of ${bytes(maxBytes)}`, 'raise maxmemory')
        : ok('Redis memory', `${bytes(usedBytes)}${maxBytes > 0 ? ` of ${bytes(maxBytes)}` : ''}`),
    ]);
  });
}

/** The mail server: whether it lets us in as sending would. */
export function checkMail({ smtpUrl, requiresTls }: MailConfig): Promise<Check[]> {
  if (!smtpUrl) return Promise.resolve([ok('SMTP_URL', 'not set: mails are files')]);
  return look('SMTP_URL', 'correct SMTP_URL, or let it in', async () => {
    await probeMailServer({ smtpUrl, requiresTls });
    return ok('SMTP_URL', requiresTls ? 'lets us in, encrypted' : 'lets us in');
  });
}

/** Our own bucket: written, read, deleted, and its server's clock, by which requests are signed. */
export function checkStorage(settings: S3Settings): Promise<Check[]> {
  const cure = 'correct S3_BUCKET, S3_ENDPOINT or the key, or let it read, write and delete there';
  return look('object storage', cure, async () => {
    const { clockAheadMs } = await probeBucket(settings);
    const done = ok(
      'object storage',
      `an object was written, read and deleted in "${settings.bucket}"`,
    );
    if (clockAheadMs === null) return [done];
    const finding = `${Math.round(clockAheadMs / 1000)} s from this machine's`;
    return [
      done,
      Math.abs(clockAheadMs) < mostSkewMs
        ? ok('clock of object storage', finding)
        : warn('clock of object storage', finding, 'run NTP here: signatures soon expire'),
    ];
  });
}

/** Whether the keys are those that encrypted what is stored: one user for each key that was ever used. */
export async function checkKeys(
  operator: OperatorDatabase,
  encryptionKeys: string,
  blindIndexKey: string,
): Promise<Check[]> {
  const users = await operator.read((em) =>
    em.execute<{ key: string; email_ciphertext: string; email_index: string }[]>(
      `select distinct on (1) split_part(email_ciphertext, '.', 1) as key, email_ciphertext, email_index
       from users order by 1, created_at`,
    ),
  );
  const cipher = createFieldCipher(encryptionKeys, blindIndexKey);
  if (users.length === 0) return [ok('encryption keys', 'nothing is encrypted yet')];
  return users.map(({ key, email_ciphertext: ciphertext, email_index: index }) => {
    const what = `encryption key ${key}`;
    try {
      const isFound = cipher.blindIndex(cipher.decrypt(ciphertext)) === index;
      return isFound
        ? ok(what, 'decrypts what is stored')
        : fail(
            what,
            'decrypts, but users are not found by it',
            'put the BLIND_INDEX_KEY back that it was written with',
          );
    } catch (error) {
      const cure = `put the key ${key} back into ENCRYPTION_KEYS, as it was`;
      return fail(what, messageOf(error), cure);
    }
  });
}
