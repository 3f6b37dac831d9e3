import type { EntityManager } from '@mikro-orm/postgresql';
import { countDays, type LocalDate } from '../calendar.ts';
import { earliestDay } from '../ingestion/start-ingestion.ts';

/**
 * Under which ids the days of an upload are staged while it is looked at: each has its own, and all are between the
 * first and the last, so that what a killed worker left is found.
 */
export function scratchOf(uploadId: string) {
  const prefix = uploadId.slice(0, -8);
  const id = (suffix: number) => `${prefix}${suffix.toString(16).padStart(8, '0')}`;
  return {
    first: id(0),
    last: id(0xffff_ffff),
    ofDay: (date: LocalDate) => id(countDays({ from: earliestDay, to: date })),
  };
}

/** What previews of any of a client's uploads have left. */
export async function clearScratchOfClient(em: EntityManager, clientId: string): Promise<void> {
  await em.execute(
    `delete from staging.media_rows s using uploads u
     where u.client_id = ? and s.run_slice_id between (left(u.id::text, -8) || '00000000')::uuid
       and (left(u.id::text, -8) || 'ffffffff')::uuid`,
    [clientId],
  );
}

export async function clearScratch(em: EntityManager, uploadId: string): Promise<void> {
  const { first, last } = scratchOf(uploadId);
  await em.execute('delete from staging.media_rows where run_slice_id between ? and ?', [
    first,
    last,
  ]);
}
