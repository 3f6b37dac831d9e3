import { clientTables } from './client-tables.ts';
import type { TableQuestion } from './read-table.ts';
import { userColumns } from './user-columns.ts';

/** What an export is made of, and what it leaves out. */
interface ExportParts {
  parts: (TableQuestion & { name: string; about: string })[];
  leftOut: string[];
}

/** Days that an export can be fetched. */
export const exportLifeDays = 7;

/** Everything of a client. */
export function partsOfClient(id: string): ExportParts {
  const parts = clientTables.flatMap(({ table, about, leftOut }) => {
    const column = table === 'clients' ? 'id' : 'client_id';
    return leftOut ? [] : [{ table, column, id, name: table, about }];
  });
  const leftOut = clientTables.flatMap((each) =>
    each.leftOut ? [`${each.table}: ${each.leftOut}`] : [],
  );
  leftOut.push('the facts of archived months: metric_archives names these; restore them first');
  leftOut.push('the files that were fetched: source_objects has their names and SHA-256');
  return { parts: parts.reverse(), leftOut };
}

/** Everything of a user in an organization. */
export function partsOfUser(id: string): ExportParts {
  const exported = userColumns.flatMap(({ about, ...each }) => (about ? [{ ...each, about }] : []));
  const parts = exported.map(({ table, column, about, without = [] }) => {
    const isOnly = exported.filter((each) => each.table === table).length === 1;
    const name = isOnly ? table : `${table}_${column}`;
    return { table, column, id, without, name, about };
  });
  return { parts, leftOut: ['what other organizations have: ask there, too'] };
}
