import { connectors } from '../../../src/connectors/registry.ts';
import type { Client } from '../../../src/domain/client/client.entity.ts';
import type { Feed } from '../../../src/domain/feed/feed.entity.ts';
import {
  createPlatformCredential,
  type NewPlatformCredential,
} from '../../../src/domain/platform-credential/create-platform-credential.ts';
import type { PlatformCredential } from '../../../src/domain/platform-credential/platform-credential.entity.ts';
import { connectPlatforms } from '../../../src/infra/platforms/connect-platforms.ts';
import { type Agency, addFeed } from '../agency.ts';

export const vibeSecret = 'vibe-key-of-tests';

/** Vibe as the product calls it, at a server that stands in for it. */
export const connectVibe = (url: string) =>
  connectPlatforms(connectors, {
    PLATFORM_STAND_INS: `VIBE=${url}`,
    PLATFORM_DOWNLOAD_HOSTS: [],
  });

/** A credential whose reports are looked at soon. */
export function addCredential(
  { database, tenant, actor, cipher }: Agency,
  client: Client,
  settings: Partial<NewPlatformCredential> = {},
): Promise<PlatformCredential> {
  const { platforms } = connectVibe('http://127.0.0.1:9');
  return database.withTenant(tenant, (em) =>
    createPlatformCredential(
      em,
      actor,
      { platforms, cipher },
      {
        clientId: client.id,
        source: 'VIBE',
        name: 'Vibe',
        dialect: 'ASYNC',
        secret: vibeSecret,
        pollSeconds: 0.05,
        ...settings,
      },
    ),
  );
}

/** A feed of Vibe's reports. */
export function addVibeFeed(
  agency: Agency,
  client: Client,
  { id: credentialId }: PlatformCredential,
  name = 'Vibe',
): Promise<Feed> {
  const origin = {
    bucket: null,
    keyPattern: null,
    advertiserId: `advertiser-${name}`,
    credentialId,
  };
  return addFeed(agency, client, { source: 'VIBE', name, ...origin });
}
