import type { Api } from '../client/api.ts';
import { CreateFeedDocument, CreatePlatformCredentialDocument } from '../client/operations.ts';
import { startVibe } from '../test/support/vibe/vibe-server.ts';
import { generateVibeRows } from './generate-vibe.ts';

/** A key to nothing but the server that stands in for Vibe here. */
const secret = 'demo-key-to-the-stand-in';

/** Start what stands in for Vibe, and makes each report up. */
export async function startDemoVibe() {
  const vibe = await startVibe(secret, generateVibeRows);
  vibe.behaviour.looksBeforeDone = 1;
  return vibe;
}

/** Give a client a credential and a Vibe feed; a second time finds them. @returns the feed's id. */
export async function setUpVibeFeed(api: Api, clientId: string): Promise<string> {
  const key = { name: 'Vibe key', dialect: 'ASYNC', secret, pollSeconds: 0.5 };
  const { createPlatformCredential } = await api.request(CreatePlatformCredentialDocument, {
    input: { clientId, source: 'VIBE', ...key, idempotencyKey: `demo-credential-${clientId}` },
  });
  const { createFeed } = await api.request(CreateFeedDocument, {
    input: {
      ...{ clientId, source: 'VIBE', name: 'Vibe', advertiserId: 'demo-advertiser' },
      credentialId: createPlatformCredential.credential.id,
      idempotencyKey: `demo-vibe-${clientId}`,
    },
  });
  return createFeed.feed.id;
}
