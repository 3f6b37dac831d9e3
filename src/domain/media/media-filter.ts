import { type RawQueryFragment, raw } from '@mikro-orm/core';
import { arrayLiteral, uuidList } from '../array-literal.ts';
import type { DateRange } from '../calendar.ts';
import type { ClientStatus } from '../client/client.entity.ts';
import { badInput } from '../errors.ts';
import { ancestorsOf } from './ancestors.ts';
import type { NodeLevel } from './levels.ts';
import { type MediaStatus, statusOf } from './media-status.ts';
import { hasFacts } from './own-facts.ts';

/** Which clients or media are wanted; what is null or left out does not limit. Ids are rows' own. */
export interface MediaFilter {
  clientIds?: readonly string[] | null | undefined;
  /** Of media alone: of these campaigns. */
  campaignIds?: readonly string[] | null | undefined;
  /** Whatever its case. */
  nameContains?: string | null | undefined;
  /** Of clients their own, of media those of delivery. */
  statuses?: readonly (ClientStatus | MediaStatus)[] | null | undefined;
  /** Of the campaign; of a client, of one of its campaigns. */
  source?: string | null | undefined;
  /** Of the campaign, whatever its case; of a client, of one of its campaigns. */
  label?: string | null | undefined;
  /** With facts from this feed. */
  feedId?: string | null | undefined;
  /** With impressions on these days, from the feed where one is given. */
  delivered?: DateRange | null | undefined;
}

const mostIds = 1000;

/**
 * SQL of the conditions on a node `e`.
 *
 * @throws {DomainError} BAD_USER_INPUT for over 1,000 ids, or a text that no name, label or source can be.
 */
export function filterMedia(level: NodeLevel, filter: MediaFilter): RawQueryFragment {
  const conditions: RawQueryFragment[] = [];
  const add = (sql: string, ...values: unknown[]) => conditions.push(raw(sql, values));
  const { clientIds, campaignIds, nameContains, statuses, source, label, feedId, delivered } =
    filter;
  for (const field of ['nameContains', 'source', 'label'] as const) checkText(filter[field], field);

  if (level !== 'client') add('e.canonical_id is null');
  if (clientIds) {
    checkCount(clientIds, 'clientIds');
    const column = level === 'client' ? 'e.id' : 'e.client_id';
    const { sql, parameter } = uuidList(clientIds, '?');
    add(`${column} = any (${sql})`, parameter);
  }
  if (campaignIds) {
    checkCount(campaignIds, 'campaignIds');
    const ids = arrayLiteral(campaignIds);
    add('e.client_id in (select client_id from campaigns where id = any (?::uuid[]))', ids);
    add(`exists (select ${ancestorsOf(level, 'campaign.id = any (?::uuid[])')})`, ids);
  }
  if (nameContains) {
    add('strpos(lower(e.name), lower(?)) > 0', nameContains.normalize('NFC'));
  }
  if (source) add(`exists (select ${ancestorsOf(level, 'campaign.source = upper(?)')})`, source);
  if (label) {
    const isLabelled = `exists (
      select from campaign_labels l where l.campaign_id = campaign.id and l.key = lower(?)
    )`;
    add(`exists (select ${ancestorsOf(level, isLabelled)})`, label.normalize('NFC').trim());
  }
  const facts: RawQueryFragment[] = [];
  if (feedId) {
    // Of nodes of other clients all facts would be looked through before there is none.
    const column = level === 'client' ? 'e.id' : 'e.client_id';
    add(`${column} = (select client_id from feeds where id = ?::uuid)`, feedId);
    facts.push(raw('f.feed_id = ?::uuid', [feedId]));
  }
  if (delivered) {
    const days = [delivered.from, delivered.to];
    facts.push(raw('f.date between ?::date and ?::date and f.impressions > 0', days));
  }
  if (facts.length > 0) conditions.push(hasFacts(level, allOf(facts)));
  if (statuses) {
    const status = level === 'client' ? raw('e.status') : statusOf(level);
    add('? = any (?::text[])', status, arrayLiteral(statuses));
  }
  return allOf(conditions);
}

function allOf(conditions: RawQueryFragment[]): RawQueryFragment {
  return raw(['true', ...conditions.map(() => '?')].join(' and '), conditions);
}

function checkCount(ids: readonly string[], field: string): void {
  if (ids.length > mostIds) throw badInput(`${field} may have at most ${mostIds} ids.`, field);
}

function checkText(text: string | null | undefined, field: string): void {
  if (text && (text.length > 255 || text.includes('\0') || !text.isWellFormed())) {
    throw badInput(`${field} may have at most 255 characters, and none that no name has.`, field);
  }
}
