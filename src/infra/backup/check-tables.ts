import type { CatalogTable } from './list-tables.ts';
import type { Manifest } from './manifest.ts';

/**
 * Hold a manifest against the tables that its version has: what it leaves out would be lost without a word.
 *
 * @param catalog of a database that the migrations have just made.
 * @throws {Error} naming the tables or columns that are missing, unknown or there twice.
 */
export function checkTables({ tables }: Manifest, catalog: CatalogTable[]): void {
  requireSame('tables', tables.map(nameOf), catalog.map(nameOf));
  requireSame('columns', tables.flatMap(columnsOf), catalog.flatMap(columnsOf));
}

type Named = Pick<CatalogTable, 'name' | 'columns'>;
const nameOf = ({ name }: Named) => name;
const columnsOf = ({ name, columns }: Named) => columns.map((column) => `${name}.${column}`);

function requireSame(kind: string, found: string[], expected: string[]): void {
  const missing = expected.filter((name) => !found.includes(name));
  const unknown = found.filter((name) => !expected.includes(name));
  const repeated = found.filter((name, index) => found.indexOf(name) !== index);
  const wrong = Object.entries({ missing, unknown, repeated })
    .filter(([, names]) => names.length > 0)
    .map(([fault, names]) => `${fault} ${kind}: ${names.join(', ')}`);
  if (wrong.length > 0) {
    throw new Error(`The manifest is not that of a whole backup: ${wrong.join('; ')}.`);
  }
}
