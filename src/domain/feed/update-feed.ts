import type { EntityManager } from '@mikro-orm/postgresql';
import { type Actor, recordChange } from '../audit-log/record-change.ts';
import { Client } from '../client/client.entity.ts';
import { found } from '../errors.ts';
import { touchMedia } from '../media/touch-media.ts';
import { requireCredential } from './check-origin.ts';
import {
  checkCurrencyOf,
  checkSettings,
  claimOrigin,
  type FeedSettings,
  refuseTakenName,
  settingsOf,
} from './create-feed.ts';
import { Feed } from './feed.entity.ts';
import { moveSchedule } from './feed-schedule.ts';

export interface FeedChanges extends FeedSettings {
  /** Whether its bucket is read with the deployment's keys from now on. */
  useDeploymentKey?: boolean;
}

/**
 * Change a feed's settings; what is null or left out stays.
 *
 * @throws {DomainError} NOT_FOUND, BAD_USER_INPUT, CONFLICT (name taken).
 */
export async function updateFeed(
  em: EntityManager,
  actor: Actor,
  id: string,
  { useDeploymentKey, ...changes }: FeedChanges,
): Promise<Feed> {
  const feed = found(await em.findOne(Feed, id), 'feed');
  await requireCredential(em, changes.credentialId);
  const before = settingsOf(feed);
  const given = Object.entries(changes).filter(
    ([, value]) => value !== null && value !== undefined,
  );
  const after = checkSettings(feed.origin, {
    ...before,
    ...Object.fromEntries(given),
    ...(useDeploymentKey && { credentialId: null }),
  });
  em.assign(feed, after);
  await claimOrigin(em, feed);
  checkCurrencyOf(feed, await em.findOneOrFail(Client, feed.clientId));
  await refuseTakenName(em, feed);
  await moveSchedule(em, feed, before.timeZone);
  recordChange(em, actor, { action: 'UPDATE', entityType: 'Feed', entityId: id, before, after });
  await em.flush();
  if (after.name !== before.name) await touchMedia(em, [feed.clientId]);
  return feed;
}
