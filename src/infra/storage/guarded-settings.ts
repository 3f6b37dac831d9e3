import { Agent } from 'node:https';
import { isIP } from 'node:net';
import type { BucketKey } from '../../domain/feed/object-store.ts';
import { allowing, guardedLookup } from '../guarded-fetch/guarded-lookup.ts';
import { RequestRefused } from '../guarded-fetch/outgoing-policy.ts';
import type { ServiceConfig } from '../services.ts';
import { upstreamFailed } from './upstream-failed.ts';

/** What connects a client of S3, where it may not go anywhere. */
export interface GuardedAgents {
  agents?: { httpsAgent: Agent };
}

const isAllowed = allowing([]);

/**
 * Settings of a client with somebody's own key: it reaches public addresses, encrypted, and the deployment's own S3 server.
 *
 * Answers are never followed elsewhere: the client of S3 does not redirect.
 *
 * @throws {DomainError} UPSTREAM_FAILED for an endpoint that may not be called.
 */
export function guardedSettings(
  { endpoint, ...key }: BucketKey,
  own: ServiceConfig['s3'],
): ServiceConfig['s3'] & GuardedAgents {
  const settings = { ...key, bucket: own.bucket, ...(endpoint && { endpoint }) };
  if (endpoint && own.endpoint && sameOrigin(endpoint, own.endpoint)) return settings;
  if (endpoint) refuse(new URL(endpoint));
  return {
    ...settings,
    agents: { httpsAgent: new Agent({ keepAlive: true, lookup: guardedLookup(isAllowed) }) },
  };
}

function refuse({ protocol, hostname }: URL): void {
  // An address is not looked up, so it is checked here.
  const host = hostname.replace(/^\[|\]$/g, '');
  const reason =
    protocol !== 'https:' ? 'SCHEME' : isIP(host) && !isAllowed(host) ? 'ADDRESS' : null;
  if (reason) throw upstreamFailed('The endpoint cannot be called', new RequestRefused(reason));
}

function sameOrigin(one: string, other: string): boolean {
  return new URL(one).origin === new URL(other).origin;
}
