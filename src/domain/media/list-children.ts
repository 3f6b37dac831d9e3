import type { EntityClass } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { arrayLiteral } from '../array-literal.ts';
import {
  anyPattern,
  checkFirst,
  decodeCursor,
  type Page,
  type PageRequest,
  toPage,
  uuidPattern,
} from '../paging.ts';
import { levels } from './levels.ts';

/** What the entities of every level have in common. */
interface MediaEntity {
  id: string;
  name: string;
}

/**
 * The children of each of many parents, by name, a page for each in one statement.
 *
 * What was merged into another is left out; the children of what was merged into a parent are its own.
 *
 * @param level the children's level.
 * @returns a page by parent id.
 * @throws {DomainError} BAD_USER_INPUT for a page size or a cursor that cannot be used.
 */
export async function listChildren<T extends MediaEntity>(
  em: EntityManager,
  level: (typeof levels)[number]['name'],
  entity: EntityClass<T>,
  parentIds: readonly string[],
  request: PageRequest,
): Promise<Map<string, Page<T>>> {
  const depth = levels.findIndex((each) => each.name === level);
  const { table, parentColumn } = levels[depth] ?? levels[0];
  const parentTable = levels[depth - 1]?.table;
  const parents = parentTable
    ? `select coalesce(canonical_id, id) as id, array_agg(id) as ids from ${parentTable}
       where id = any (?::uuid[]) or canonical_id = any (?::uuid[]) group by 1`
    : 'select id, array[id] as ids from clients where id = any (?::uuid[])';
  const after =
    request.after === null ? null : decodeCursor(request.after, anyPattern, uuidPattern);
  const rows = await em.execute<Record<string, unknown>[]>(
    `select p.id as page_parent_id, c.*
     from (${parents}) p
     cross join lateral (
       select * from ${table} child
       where child.${parentColumn} = any (p.ids) and child.canonical_id is null
         ${after ? 'and (child.name, child.id) > (?, ?::uuid)' : ''}
       order by child.name, child.id
       limit ?
     ) c
     order by p.id, c.name, c.id`,
    [
      ...Array<string>(parentTable ? 2 : 1).fill(arrayLiteral(parentIds)),
      ...(after ?? []),
      checkFirst(request.first) + 1,
    ],
  );
  const byParent = new Map<string, T[]>(parentIds.map((id) => [id, []]));
  for (const { page_parent_id: parentId, ...row } of rows) {
    byParent.get(String(parentId))?.push(em.map(entity, row as never));
  }
  return new Map(
    [...byParent].map(([id, children]) => [
      id,
      toPage(children, request, (child) => [child.name, child.id]),
    ]),
  );
}
