import type { EntityManager } from '@mikro-orm/postgresql';
import { type Actor, recordChange } from '../audit-log/record-change.ts';
import { checkTimeZone } from '../calendar.ts';
import { Client } from '../client/client.entity.ts';
import { checkCurrency, checkName } from '../client/create-client.ts';
import { badInput, DomainError, found } from '../errors.ts';
import { once } from '../idempotency/once.ts';
import { checkCredentialOf, checkOrigin, originOf, requireCredential } from './check-origin.ts';
import { claimBucket } from './claim-bucket.ts';
import { Feed, type FeedOrigin } from './feed.entity.ts';
import { scheduleFeed } from './feed-schedule.ts';
import { findSource, type KnownSources } from './known-sources.ts';

export interface FeedSettings {
  name?: string | null;
  bucket?: string | null;
  keyPattern?: string | null;
  /** Of a source that makes reports: whose they are, as it knows it. */
  advertiserId?: string | null;
  /** Of a source that makes reports: what it is asked with. */
  credentialId?: string | null;
  fileMode?: Feed['fileMode'] | null;
  /** IANA name; the client's where left out. */
  timeZone?: string | null;
  /** ISO 4217 code; the client's where left out. */
  currency?: string | null;
  /** Days that a scheduled run lists again; 7 where left out. */
  lookbackDays?: number | null;
  /** How long after its scheduled time a file may come before it is missing; 180 where left out. */
  graceMinutes?: number | null;
  /** Share of a file's rows, 0 to 1, under which nothing of it is applied; 0.5 where left out. */
  minValidShare?: number | null;
  /** Share of what it would replace, 0 to 1, under which a day is held; 0.5 where left out. */
  holdBelowShare?: number | null;
}

export interface NewFeed extends FeedSettings {
  clientId: string;
  source: string;
  name: string;
  /** Left out, the source's own; of files, by whether there is a bucket. */
  origin?: FeedOrigin | null;
  idempotencyKey?: string | null;
}

/**
 * Add a feed to a client and schedule its daily run, where its days come by themselves.
 *
 * @throws {DomainError} NOT_FOUND; BAD_USER_INPUT (unknown source, unusable settings); CONFLICT (name taken).
 */
export async function createFeed(
  em: EntityManager,
  actor: Actor,
  sources: KnownSources,
  { idempotencyKey, ...input }: NewFeed,
): Promise<Feed> {
  const call = { operation: 'createFeed', key: idempotencyKey, input };
  const id = await once(em, actor, call, async () => {
    const client = found(await em.findOne(Client, input.clientId), 'client');
    await requireCredential(em, input.credentialId);
    const { dailyAt, origin: own } = findSource(sources, input.source);
    const origin = originOf(own, input);
    const feed = em.create(Feed, {
      organizationId: actor.organizationId,
      clientId: client.id,
      source: input.source,
      origin,
      ...checkSettings(origin, {
        name: input.name,
        bucket: input.bucket ?? null,
        keyPattern: input.keyPattern ?? null,
        advertiserId: input.advertiserId ?? null,
        credentialId: input.credentialId ?? null,
        fileMode: input.fileMode ?? 'LATEST',
        timeZone: input.timeZone ?? client.timeZone,
        currency: input.currency ?? client.currency,
        lookbackDays: input.lookbackDays ?? 7,
        graceMinutes: input.graceMinutes ?? 180,
        minValidShare: input.minValidShare ?? 0.5,
        holdBelowShare: input.holdBelowShare ?? 0.5,
      }),
    });
    checkCurrencyOf(feed, client);
    await claimOrigin(em, feed);
    await refuseTakenName(em, feed);
    await em.flush();
    if (origin !== 'UPLOAD') await scheduleFeed(em, feed, [dailyAt]);
    const entity = { entityType: 'Feed', entityId: feed.id };
    recordChange(em, actor, { action: 'CREATE', ...entity, before: null, after: settingsOf(feed) });
    await em.flush();
    return feed.id;
  });
  return em.findOneOrFail(Feed, id);
}

/** A feed's settings, each checked. @throws {DomainError} BAD_USER_INPUT. */
export function checkSettings(
  origin: FeedOrigin,
  settings: ReturnType<typeof settingsOf>,
): ReturnType<typeof settingsOf> {
  const { lookbackDays, graceMinutes } = settings;
  checkOrigin(origin, settings);
  if (lookbackDays < 1 || lookbackDays > 90) {
    throw badInput('The look-back is 1 to 90 days.', 'lookbackDays');
  }
  if (graceMinutes < 0 || graceMinutes > 1440) {
    throw badInput('The grace is 0 to 1,440 minutes.', 'graceMinutes');
  }
  for (const share of ['minValidShare', 'holdBelowShare'] as const) {
    if (!(settings[share] >= 0 && settings[share] <= 1))
      throw badInput('A share is 0 to 1.', share);
  }
  return {
    ...settings,
    name: checkName(settings.name),
    timeZone: checkTimeZone(settings.timeZone),
    currency: checkCurrency(settings.currency),
  };
}

/** What a feed's mutations may set. */
export function settingsOf(feed: Pick<Feed, keyof FeedSettings & keyof Feed>) {
  const { name, bucket, keyPattern, advertiserId, credentialId, fileMode } = feed;
  const { timeZone, currency, lookbackDays, graceMinutes, minValidShare, holdBelowShare } = feed;
  return {
    ...{ name, bucket, keyPattern, advertiserId, credentialId, fileMode },
    ...{ timeZone, currency, lookbackDays, graceMinutes, minValidShare, holdBelowShare },
  };
}

/**
 * Make sure that where a feed's days come from is its own organization's and client's.
 *
 * @throws {DomainError} BAD_USER_INPUT (another organization's bucket, another client's credential).
 */
export async function claimOrigin(em: EntityManager, feed: Feed): Promise<void> {
  if (feed.bucket !== null) await claimBucket(em, feed.organizationId, feed.bucket);
  await checkCredentialOf(em, feed);
}

/**
 * Amounts carry no currency of their own, and a client's are added up.
 *
 * @throws {DomainError} BAD_USER_INPUT when the feed's currency is not its client's.
 */
export function checkCurrencyOf(feed: Feed, client: Client): void {
  if (feed.currency !== client.currency) {
    throw badInput(`The client's amounts are in ${client.currency}.`, 'currency');
  }
}

/** @throws {DomainError} CONFLICT when another feed of the client has the name, whatever its case. */
export async function refuseTakenName(em: EntityManager, feed: Feed): Promise<void> {
  const [taken] = await em.execute(
    'select from feeds where client_id = ? and lower(name) = lower(?) and id <> ?',
    [feed.clientId, feed.name, feed.id],
  );
  if (taken) {
    throw new DomainError('CONFLICT', `The client has a feed named "${feed.name}" already.`, {
      fields: ['name'],
    });
  }
}
