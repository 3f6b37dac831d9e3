import type { EntityClass } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { type Actor, recordChange } from '../audit-log/record-change.ts';
import { badInput, DomainError, found } from '../errors.ts';
import type { MediaId } from './archive-media.ts';
import { findSources } from './find-sources.ts';
import { factsAt, levels, type MediaLevel, tableOf } from './levels.ts';
import { type NodeOf, nodeEntities } from './node-entities.ts';
import { touchMedia } from './touch-media.ts';

type MediaNode = NodeOf<MediaLevel>;

/**
 * Have one campaign, strategy, placement or creative count as another one of the same level, place and source: from now
 * on its figures are that one's, and what belongs to it stands below that one. Facts keep what they were loaded with, so
 * that {@link unmergeEntity} undoes it. Source: docs/rules.md, ingestion 9.
 *
 * @returns what it was merged into.
 * @throws {DomainError} NOT_FOUND; BAD_USER_INPUT for two levels or clients, or one entity; CONFLICT for chains, and
 *   where what they belong to differs.
 */
export async function mergeEntities(
  em: EntityManager,
  actor: Actor,
  merged: MediaId,
  into: MediaId,
): Promise<MediaNode> {
  const [node, target] = await holdBoth(em, merged, into);
  const { level } = into;
  if (node.id === target.id)
    throw badInput('Nothing is merged into itself.', 'mediaId', 'intoMediaId');
  if (merged.level !== level)
    throw badInput('They are of different levels.', 'mediaId', 'intoMediaId');
  if (node.clientId !== target.clientId)
    throw badInput('They are of different clients.', 'intoMediaId');
  if (node.canonicalId === target.id) return target;
  if (node.canonicalId)
    throw new DomainError('CONFLICT', 'It is merged already: unmerge it first.');
  if (target.canonicalId) {
    throw new DomainError('CONFLICT', 'What it is to be merged into is merged itself.');
  }
  const [other] = await em.execute<{ name: string }[]>(
    `select name from ${tableOf(level)} where canonical_id = ? limit 1`,
    [node.id],
  );
  if (other) {
    throw new DomainError('CONFLICT', `"${other.name}" is merged into it: unmerge that one first.`);
  }
  await refuseOtherPlaces(em, level, node, target);
  node.canonicalId = target.id;
  return settle(em, actor, level, 'MERGE', node, target);
}

/**
 * Have what was merged into another count for itself again.
 *
 * @returns it. What was not merged is returned as it is.
 * @throws {DomainError} NOT_FOUND; CONFLICT where something below it was merged beyond it since.
 */
export async function unmergeEntity(
  em: EntityManager,
  actor: Actor,
  id: MediaId,
): Promise<MediaNode> {
  const [node] = await holdBoth(em, id, id);
  if (!node.canonicalId) return node;
  const target = await em.findOneOrFail(entityOf(id.level), node.canonicalId);
  await refuseMergedBelow(em, id.level, node, target);
  node.canonicalId = null;
  await settle(em, actor, id.level, 'UNMERGE', node, target);
  return node;
}

/** Both, held in one order, so that two merges at once take turns. */
async function holdBoth(
  em: EntityManager,
  one: MediaId,
  other: MediaId,
): Promise<[MediaNode, MediaNode]> {
  const [known, knownOther] = [await find(em, one), await find(em, other)];
  // Merges of a client take turns: what stands above and below is looked at, too.
  const clients = [...new Set([known.clientId, knownOther.clientId])].sort();
  for (const id of clients) {
    await em.execute('select from clients where id = ? for no key update', [id]);
  }
  return [await em.refreshOrFail(known), await em.refreshOrFail(knownOther)];
}

async function find(em: EntityManager, { level, id }: MediaId): Promise<MediaNode> {
  return found(await em.findOne(entityOf(level), id), level);
}

function entityOf(level: MediaLevel): EntityClass<MediaNode> {
  return nodeEntities[level];
}

/** What is above counts together, or the figures of one would be below the other alone. */
async function refuseOtherPlaces(
  em: EntityManager,
  level: MediaLevel,
  node: MediaNode,
  target: MediaNode,
): Promise<void> {
  const sources = await findSources(em, level, [node.id, target.id]);
  if (sources.get(node.id) !== sources.get(target.id)) {
    throw new DomainError('CONFLICT', 'They are of different sources.');
  }
  const depth = levels.findIndex(({ name }) => name === level);
  const above = levels[depth - 1];
  if (!above) return;
  const parents = await em.execute<{ id: string }[]>(
    `select distinct case when p.canonical_id is null then p.id else p.canonical_id end as id
     from ${tableOf(level)} e join ${above.table} p on p.id = e.${above.name}_id
     where e.id in (?, ?)`,
    [node.id, target.id],
  );
  if (parents.length > 1) {
    throw new DomainError('CONFLICT', `They belong to two ${above.table}: merge those first.`);
  }
}

/** Of what is below two that were merged, one may count as one of the other: those must part before. */
async function refuseMergedBelow(
  em: EntityManager,
  level: MediaLevel,
  node: MediaNode,
  target: MediaNode,
): Promise<void> {
  const below = levels[levels.findIndex(({ name }) => name === level) + 1];
  if (!below) return;
  const [pair] = await em.execute<{ name: string }[]>(
    `select c.name from ${below.table} c join ${below.table} k on k.id = c.canonical_id
     where c.client_id = ? and (c.${level}_id = ?) <> (k.${level}_id = ?) limit 1`,
    [target.clientId, node.id, node.id],
  );
  if (pair) {
    const message = `"${pair.name}" is merged across the two: unmerge that one first.`;
    throw new DomainError('CONFLICT', message);
  }
}

async function settle(
  em: EntityManager,
  actor: Actor,
  level: MediaLevel,
  action: string,
  node: MediaNode,
  target: MediaNode,
): Promise<MediaNode> {
  const { table, column } = factsAt(level);
  await em.execute(
    `insert into fact_changes (organization_id, client_id, feed_id, date, version, cause, cause_id)
     select s.organization_id, s.client_id, s.feed_id, s.date, s.version, 'MERGE', ?::uuid
     from (select distinct feed_id, date from ${table} where ${column} = ?) f
     join slices s on s.feed_id = f.feed_id and s.date = f.date
     order by s.date, s.feed_id`,
    [node.id, node.id],
  );
  recordChange(em, actor, {
    ...{ action, entityType: node.constructor.name, entityId: node.id },
    ...{ before: null, after: { with: target.id } },
  });
  await touchMedia(em, [node.clientId]);
  await em.flush();
  return target;
}
