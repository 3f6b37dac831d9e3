import type { EntityManager } from '@mikro-orm/postgresql';
import { type Actor, recordChange } from '../audit-log/record-change.ts';
import { Client } from '../client/client.entity.ts';
import { databaseNow } from '../database-clock.ts';
import { found } from '../errors.ts';
import { Schedule } from '../job/schedule.entity.ts';
import { nextRunAt } from '../job/schedule-daily.ts';
import { touchMedia } from '../media/touch-media.ts';
import { requireCredential } from './check-origin.ts';
import {
  checkCurrencyOf,
  checkSettings,
  claimOrigin,
  type FeedSettings,
  refuseTakenName,
  scheduledIngestion,
  settingsOf,
} from './create-feed.ts';
import { Feed } from './feed.entity.ts';

/**
 * Change a feed's settings; what is null or left out stays.
 *
 * @throws {DomainError} NOT_FOUND, BAD_USER_INPUT, CONFLICT (name taken).
 */
export async function updateFeed(
  em: EntityManager,
  actor: Actor,
  id: string,
  changes: FeedSettings,
): Promise<Feed> {
  const feed = found(await em.findOne(Feed, id), 'feed');
  await requireCredential(em, changes.credentialId);
  const before = settingsOf(feed);
  const given = Object.entries(changes).filter(
    ([, value]) => value !== null && value !== undefined,
  );
  const after = checkSettings(feed.origin, { ...before, ...Object.fromEntries(given) });
  em.assign(feed, after);
  await claimOrigin(em, feed);
  checkCurrencyOf(feed, await em.findOneOrFail(Client, feed.clientId));
  await refuseTakenName(em, feed);
  if (after.timeZone !== before.timeZone) await moveSchedules(em, feed);
  recordChange(em, actor, { action: 'UPDATE', entityType: 'Feed', entityId: id, before, after });
  await em.flush();
  if (after.name !== before.name) await touchMedia(em, [feed.clientId]);
  return feed;
}

/** The feed's schedules keep their hour, in its new time zone. */
async function moveSchedules(em: EntityManager, feed: Feed): Promise<void> {
  const { clientId, timeZone } = feed;
  const now = await databaseNow(em);
  const schedules = await em.find(Schedule, { clientId, jobName: scheduledIngestion });
  for (const schedule of schedules) {
    if ((schedule.payload as { feedId?: string }).feedId !== feed.id) continue;
    schedule.timeZone = timeZone;
    schedule.nextRunAt = nextRunAt(schedule.cron, timeZone, now);
  }
}
