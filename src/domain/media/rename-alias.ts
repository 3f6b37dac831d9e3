import type { EntityClass } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { type Actor, recordChange } from '../audit-log/record-change.ts';
import { badInput, DomainError, found } from '../errors.ts';
import { checkName } from '../ingestion/check-name.ts';
import { claimNames } from '../ingestion/claim-names.ts';
import { storableText } from '../storable-text.ts';
import type { MediaId } from './archive-media.ts';
import { findSources } from './find-sources.ts';
import { levels, type MediaLevel } from './levels.ts';
import { type NodeOf, nodeEntities } from './node-entities.ts';
import { touchMedia } from './touch-media.ts';

/**
 * Give a campaign, strategy, placement or creative another name. Files mean it by the new one and by all that it had
 * before, so that what its platform calls anew stays one.
 *
 * @throws {DomainError} NOT_FOUND; BAD_USER_INPUT for what is no name; CONFLICT where another one beside it has it.
 */
export async function renameAlias(
  em: EntityManager,
  actor: Actor,
  { level, id }: MediaId,
  wanted: string,
): Promise<NodeOf<MediaLevel>> {
  const entity: EntityClass<NodeOf<MediaLevel>> = nodeEntities[level];
  const node = found(await em.findOne(entity, id), level);
  const problems: string[] = [];
  const name = checkName('The name', storableText(wanted), (_, message) => problems.push(message));
  if (problems.length > 0) throw badInput(`${problems.join('; ')}.`, 'name');
  if (node.name === name) return node;
  const source = (await findSources(em, level, [id])).get(id);
  if (source) await claimNames(em, { clientId: node.clientId, source });
  const {
    parentColumn,
    table,
    level: aliasLevel,
  } = found(
    levels.find((each) => each.name === level),
    'level',
  );
  const [alias] = await em.execute<{ entity_id: string }[]>(
    `with added as (
       insert into media_aliases (organization_id, client_id, level, parent_id, source, key, name, entity_id)
       select organization_id, client_id, ?, ${parentColumn}, ?, 'name:' || lower(?), ?, id
       from ${table} where id = ?
       on conflict (parent_id, key, source) do update set name = media_aliases.name
       returning entity_id
     ) select entity_id from added`,
    [aliasLevel, source, name, name, id],
  );
  if (alias?.entity_id !== id) {
    const message = 'Another one beside it has that name: merge the two instead.';
    throw new DomainError('CONFLICT', message, { fields: ['name'] });
  }
  recordChange(em, actor, {
    ...{ action: 'RENAME', entityType: node.constructor.name, entityId: id },
    ...{ before: { name: node.name }, after: { name } },
  });
  node.name = name;
  await touchMedia(em, [node.clientId]);
  await em.flush();
  return node;
}
