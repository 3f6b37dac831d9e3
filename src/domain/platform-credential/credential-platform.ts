/** A key to a platform, opened: never logged, kept or told. */
export interface OpenCredential {
  dialect: string;
  secret: string;
}

/** What a credential is to. */
export interface CredentialPlatform {
  /** How people call it. */
  label: string;
  /** The APIs that it has, as credentials name them; the first is the usual one. */
  dialects: readonly string[];
  /** Whether credentials may be an organization's, for all of its clients. */
  isShared: boolean;
  /** Find out whether a credential is taken; it costs nothing. @throws {PlatformError} of reports. */
  test(credential: OpenCredential): Promise<void>;
}

/** Everything that credentials can be to, by the source that they name. */
export type CredentialPlatforms = ReadonlyMap<string, CredentialPlatform>;
