import { checkName } from '../client/create-client.ts';
import { badInput } from '../errors.ts';
import { findSource } from '../feed/known-sources.ts';
import type { CredentialPlatform, CredentialPlatforms } from './credential-platform.ts';
import { bucketSource, type PlatformCredential } from './platform-credential.entity.ts';

/** What a credential's mutations may set, beside the secret. */
export interface CredentialSettings {
  name: string;
  dialect: string;
  /** Reports that the platform lets it ask for in an hour. */
  creationsPerHour: number;
  /** The wait before the first look at a report. */
  pollSeconds: number;
}

/** The platform that a credential is to. @throws {DomainError} BAD_USER_INPUT for a key to buckets. */
export function platformOf(
  platforms: CredentialPlatforms,
  { source }: Pick<PlatformCredential, 'source'>,
): CredentialPlatform {
  if (source === bucketSource) {
    throw badInput('A key to buckets is replaced by setBucketCredential, and tried by testFeed.');
  }
  return findSource(platforms, source);
}

/** @throws {DomainError} BAD_USER_INPUT. */
export function checkCredential(
  platform: CredentialPlatform,
  { name, dialect, creationsPerHour, pollSeconds }: CredentialSettings,
): CredentialSettings {
  if (!platform.dialects.includes(dialect)) {
    const names = platform.dialects.join(', ');
    throw badInput(`"${dialect}" is no API of ${platform.label}; there are: ${names}.`, 'dialect');
  }
  if (creationsPerHour < 1 || creationsPerHour > 10_000) {
    throw badInput('The budget is 1 to 10,000 reports an hour.', 'creationsPerHour');
  }
  if (!(pollSeconds >= 0.05 && pollSeconds <= 600)) {
    throw badInput('A report is looked at after 0.05 to 600 seconds.', 'pollSeconds');
  }
  return { name: checkName(name), dialect, creationsPerHour, pollSeconds };
}

/** @returns the secret, trimmed. @throws {DomainError} BAD_USER_INPUT for what no header can carry. */
export function checkSecret(secret: string): string {
  const trimmed = secret.trim();
  if (!/^[\x21-\x7e]{1,4000}$/.test(trimmed)) {
    throw badInput('A secret is 1 to 4,000 characters of ASCII, without spaces.', 'secret');
  }
  return trimmed;
}

/** What the audit log keeps of a credential. */
export function settingsOf(
  credential: PlatformCredential,
): CredentialSettings & { clientId: string | null } {
  const { clientId, name, dialect, creationsPerHour, pollSeconds } = credential;
  return { clientId, name, dialect, creationsPerHour, pollSeconds };
}
