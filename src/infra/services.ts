import { join } from 'node:path';
import type { Config } from '../config-schema.ts';
import type { SigningKey } from './access-tokens.ts';
import { leaseEmbeddedServices } from './embedded/lease.ts';
import type { MailConfig } from './mail/mail-config.ts';
import { migrate } from './migrate.ts';

/** Settings with nothing left open: what was not configured is the embedded services'. */
export interface ServiceConfig {
  databaseUrl: string;
  /** Unset: the queue is on PostgreSQL too. */
  redisUrl: string | undefined;
  isProduction: boolean;
  s3: {
    bucket: string;
    region: string;
    endpoint?: string | undefined;
    accessKeyId?: string | undefined;
    secretAccessKey?: string | undefined;
  };
  /** The first signs access tokens, every one verifies. */
  signingKeys: SigningKey[];
  encryptionKeys: string;
  blindIndexKey: string;
  mail: MailConfig;
}

export interface Services {
  config: ServiceConfig;
  /** Let go of the embedded services; the last user to do so stops them. */
  release(): void;
  /** Told when the embedded services end before they were let go of. */
  onLost(tell: () => void): void;
}

const embeddedBucket = 'mediagraph';

/**
 * Find the services of a process, starting the embedded ones for those that are not configured.
 *
 * The embedded database is migrated on the way, but never by a worker; a configured one only by the operator's
 * command.
 */
export async function connectServices(
  config: Config,
  role: 'server' | 'worker' | 'owner',
): Promise<Services> {
  const configuredUrl = role === 'owner' ? config.DATABASE_OWNER_URL : config.DATABASE_URL;
  const isComplete =
    configuredUrl &&
    config.S3_BUCKET &&
    (config.JWT_SECRET || config.JWT_KEYS) &&
    config.ENCRYPTION_KEYS &&
    config.BLIND_INDEX_KEY;
  const lease = isComplete ? undefined : await leaseEmbeddedServices(config.DATA_DIR);
  const embedded = lease?.services;
  if (embedded && !configuredUrl && role !== 'worker') await migrate(embedded.ownerUrl);

  return {
    config: {
      databaseUrl: configuredUrl ?? embedded?.[`${role}Url`] ?? '',
      redisUrl: config.REDIS_URL,
      isProduction: config.NODE_ENV === 'production',
      s3: config.S3_BUCKET
        ? {
            bucket: config.S3_BUCKET,
            region: config.S3_REGION,
            endpoint: config.S3_ENDPOINT,
            accessKeyId: config.S3_ACCESS_KEY_ID,
            secretAccessKey: config.S3_SECRET_ACCESS_KEY,
          }
        : { bucket: embeddedBucket, region: config.S3_REGION, ...embedded?.s3 },
      signingKeys: signingKeysOf(config, embedded?.secrets.JWT_SECRET),
      encryptionKeys: config.ENCRYPTION_KEYS ?? embedded?.secrets.ENCRYPTION_KEYS ?? '',
      blindIndexKey: config.BLIND_INDEX_KEY ?? embedded?.secrets.BLIND_INDEX_KEY ?? '',
      mail: mailConfigOf(config),
    },
    release: () => lease?.release(),
    onLost: (tell) => lease?.onLost(tell),
  };
}

/** Those of the ring, then the one that has no id of its own. */
function signingKeysOf({ JWT_KEYS, JWT_SECRET }: Config, embedded?: string): SigningKey[] {
  const ring = (JWT_KEYS?.split(',') ?? []).map((pair) => {
    const [id = '', secret = ''] = pair.split(':');
    return { id, secret };
  });
  const single = JWT_SECRET ?? (JWT_KEYS ? undefined : embedded);
  return single ? [...ring, { id: 'default', secret: single }] : ring;
}

function mailConfigOf({ NODE_ENV, SMTP_URL, MAIL_FROM, APP_URL, DATA_DIR }: Config): MailConfig {
  const saysOptional = SMTP_URL && new URL(SMTP_URL).searchParams.get('tls') === 'optional';
  return {
    smtpUrl: SMTP_URL,
    from: MAIL_FROM,
    requiresTls: NODE_ENV === 'production' && !saysOptional,
    appUrl: APP_URL,
    folder: join(DATA_DIR, 'mail'),
  };
}
