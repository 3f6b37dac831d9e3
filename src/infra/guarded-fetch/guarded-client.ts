import ky, { type KyInstance } from 'ky';
import { createGuardedFetch } from './guarded-fetch.ts';
import type { OutgoingPolicy } from './outgoing-policy.ts';

/** What connectors call foreign services with: what may pass is tried again, and nothing is reached that may not be. */
export function createGuardedClient(
  policy: OutgoingPolicy,
): KyInstance & { close(): Promise<void> } {
  const { fetch, close } = createGuardedFetch(policy);
  return Object.assign(ky.create({ fetch, timeout: policy.timeoutMs }), { close });
}
