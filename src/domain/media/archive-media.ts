import type { EntityClass } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { type Actor, recordChange } from '../audit-log/record-change.ts';
import { found } from '../errors.ts';
import { levels, type MediaLevel } from './levels.ts';
import { type NodeOf, nodeEntities } from './node-entities.ts';
import { touchMedia } from './touch-media.ts';

/** A campaign, strategy, placement or creative, by its row's own id. */
export interface MediaId {
  level: MediaLevel;
  id: string;
}

/**
 * Put media out of the way, with all that belongs to them; or take them up again. Their data stays, and goes on
 * being loaded. Doing so twice changes nothing.
 *
 * @returns them as they are now, in the order in which they were named.
 * @throws {DomainError} NOT_FOUND, and then nothing has changed.
 */
export async function archiveMedia(
  em: EntityManager,
  actor: Actor,
  named: readonly MediaId[],
  isArchived: boolean,
): Promise<NodeOf<MediaLevel>[]> {
  const nodes = new Map<string, NodeOf<MediaLevel>>();
  for (const { name: level } of levels) {
    const ids = named.filter((each) => each.level === level).map(({ id }) => id);
    if (ids.length === 0) continue;
    const entity: EntityClass<NodeOf<MediaLevel>> = nodeEntities[level];
    for (const node of await em.find(entity, { id: { $in: ids } })) nodes.set(node.id, node);
  }
  const inOrder = named.map(({ id }) =>
    found(nodes.get(id), 'campaign, strategy, placement or creative'),
  );
  const changed = [...nodes.values()].filter((node) => (node.archivedAt !== null) !== isArchived);
  const archivedAt = isArchived ? new Date() : null;
  for (const node of changed) {
    recordChange(em, actor, {
      ...{ action: isArchived ? 'ARCHIVE' : 'UNARCHIVE', entityType: node.constructor.name },
      ...{ entityId: node.id, before: { archivedAt: node.archivedAt }, after: { archivedAt } },
    });
    node.archivedAt = archivedAt;
  }
  if (changed.length > 0)
    await touchMedia(em, [...new Set(changed.map(({ clientId }) => clientId))]);
  await em.flush();
  return inOrder;
}
