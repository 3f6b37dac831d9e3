import type { EntityManager } from '@mikro-orm/postgresql';
import { badInput, found } from '../errors.ts';
import {
  bucketSource,
  PlatformCredential,
} from '../platform-credential/platform-credential.entity.ts';
import { type Feed, type FeedOrigin, feedOrigins } from './feed.entity.ts';
import { compileKeyPattern } from './key-pattern.ts';

/** Where a feed's days are: those of its origin, and never the others. */
export type OriginSettings = Pick<
  Feed,
  'bucket' | 'keyPattern' | 'advertiserId' | 'credentialId' | 'fileMode'
>;

const settingsBy = {
  BUCKET: ['bucket', 'keyPattern'],
  REPORT: ['advertiserId', 'credentialId'],
  UPLOAD: [],
} as const;

/**
 * How the days of a new feed come: as asked for or, of files, by whether it has a bucket.
 *
 * @throws {DomainError} BAD_USER_INPUT: its source makes reports, or makes none.
 */
export function originOf(
  own: FeedOrigin,
  { origin, bucket }: { origin?: FeedOrigin | null; bucket?: string | null },
): FeedOrigin {
  if (!origin) return own === 'UPLOAD' && bucket ? 'BUCKET' : own;
  if (origin !== 'UPLOAD' && (origin === 'REPORT') !== (own === 'REPORT')) {
    throw badInput(`Files of this source are no ${origin.toLowerCase()}s.`, 'origin');
  }
  return origin;
}

const feedsWith = {
  BUCKET: 'Feeds of this source',
  REPORT: 'Feeds of this source',
  UPLOAD: 'Feeds that files are uploaded to',
};

/** @throws {DomainError} BAD_USER_INPUT: what its origin needs is missing or unusable, or another's is given. */
export function checkOrigin(origin: FeedOrigin, settings: OriginSettings): void {
  for (const field of settingsBy[origin]) {
    if (!settings[field]) throw badInput(`${feedsWith[origin]} need the ${field}.`, field);
  }
  for (const other of feedOrigins) {
    if (other === origin) continue;
    for (const field of settingsBy[other]) {
      // A bucket may have a credential too, and is else read with the deployment's.
      if (field === 'credentialId' && origin === 'BUCKET') continue;
      if (settings[field] !== null) throw badInput(`${feedsWith[origin]} have no ${field}.`, field);
    }
  }
  const { bucket, keyPattern, advertiserId, fileMode } = settings;
  if (bucket !== null && !/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket)) {
    throw badInput(`"${bucket}" is not the name of a bucket.`, 'bucket');
  }
  if (keyPattern !== null) checkKeyPattern(keyPattern);
  if (advertiserId !== null && !/^[\x21-\x7e]{1,200}$/.test(advertiserId)) {
    throw badInput('An advertiser id has 1 to 200 characters, and no spaces.', 'advertiserId');
  }
  if (origin !== 'BUCKET' && fileMode !== 'LATEST') {
    throw badInput('Only files in a bucket come in parts.', 'fileMode');
  }
}

function checkKeyPattern(keyPattern: string): void {
  if (keyPattern.length > 500 || keyPattern.includes('\0'))
    throw badInput('A key pattern has at most 500 characters.', 'keyPattern');
  compileKeyPattern(keyPattern);
}

/** @throws {DomainError} NOT_FOUND when a credential is named that is not there. */
export async function requireCredential(
  em: EntityManager,
  id: string | null | undefined,
): Promise<void> {
  if (id != null) found(await em.findOne(PlatformCredential, id), 'credential');
}

/** @throws {DomainError} BAD_USER_INPUT when a feed's credential is another client's, or to another source. */
export async function checkCredentialOf(em: EntityManager, feed: Feed): Promise<void> {
  const { credentialId: id, clientId } = feed;
  const source = feed.origin === 'BUCKET' ? bucketSource : feed.source;
  if (id !== null && !(await em.findOne(PlatformCredential, { id, clientId, source }))) {
    throw badInput('The credential is not of this client, or not to this source.', 'credentialId');
  }
}
