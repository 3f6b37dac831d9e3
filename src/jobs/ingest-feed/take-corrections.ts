import { text } from 'node:stream/consumers';
import type { ObjectStore } from '../../domain/feed/object-store.ts';
import type { FoundRow } from '../../domain/ingestion/check-rows.ts';
import { placeOf, readCorrections } from '../../domain/ingestion/read-corrections.ts';
import type { SourceObject } from '../../domain/ingestion/source-object.entity.ts';

/** The corrected rejects of a delivery, each in place of the row that was rejected. */
export interface Corrections {
  /** Whether a row of a file is corrected elsewhere. */
  has(object: SourceObject, line: number): boolean;
  /** The rows of a file as they were corrected. */
  of(object: SourceObject): FoundRow[];
}

/** Read the corrections among objects: of several of the same row the last counts. */
export async function takeCorrections(
  objects: readonly SourceObject[],
  store: Pick<ObjectStore, 'readArchived'>,
): Promise<Corrections> {
  const byFile = new Map<string, Map<string, FoundRow>>();
  for (const { isCorrection, sha256 } of objects) {
    if (!isCorrection) continue;
    for (const each of readCorrections(await text(await store.readArchived(sha256)))) {
      const { file, line, fields } = each;
      const rows = byFile.get(file) ?? new Map<string, FoundRow>();
      byFile.set(file, rows.set(placeOf(each), { line, fields, cells: Object.values(fields) }));
    }
  }
  return {
    has: ({ key }, line) => byFile.get(key)?.has(placeOf({ file: key, line })) ?? false,
    of: ({ key }) => [...(byFile.get(key)?.values() ?? [])],
  };
}
