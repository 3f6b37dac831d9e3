import type { EntityManager } from '@mikro-orm/postgresql';
import type { LocalDate } from '../../domain/calendar.ts';
import { DomainError } from '../../domain/errors.ts';
import { whyUnusable } from '../../domain/ingestion/check-valid-share.ts';
import { compareSlice } from '../../domain/ingestion/compare-slice.ts';
import { sayOverflow } from '../../domain/ingestion/say-overflow.ts';
import type { RowCounts } from '../../domain/ingestion/settle-slice.ts';
import { Slice } from '../../domain/ingestion/slice.entity.ts';
import { rehearse } from '../../domain/rehearse.ts';
import { scratchOf } from '../../domain/upload/preview-scratch.ts';
import type { PreviewedDay } from '../../domain/upload/upload-preview.ts';
import type { JobContext } from '../define-job.ts';
import type { Look } from './look.ts';

/** Compare each staged day with the one that it would replace, as a load would, and keep it with the look. */
export async function weighDays(look: Look, context: JobContext): Promise<void> {
  const total = look.days.size;
  const inOrder = [...look.days].toSorted(([one], [other]) => (one < other ? -1 : 1));
  for (const [date, counts] of inOrder) {
    context.signal.throwIfAborted();
    look.preview.days.push(await weighDay(look, date, counts, context));
    context.report({ stage: 'COMPARE', done: look.preview.days.length, total });
  }
}

async function weighDay(
  look: Look,
  date: LocalDate,
  counts: RowCounts,
  context: JobContext,
): Promise<PreviewedDay> {
  const { rowsRead, rowsRejected } = counts;
  const day = {
    date,
    rowsRead,
    rowsRejected,
    rowsMerged: 0,
    totalsBefore: null,
    totalsAfter: null,
  };
  const reason = whyUnusable(counts);
  if (reason) return { ...day, ...(await failed(look, date, reason, context)) };
  try {
    const { version, outcome } = await compare(look, date, rowsRead - rowsRejected, context);
    return { ...day, ...outcome, version };
  } catch (error) {
    if (!(error instanceof DomainError && error.code === 'BAD_USER_INPUT')) throw error;
    return { ...day, ...(await failed(look, date, error.message, context)) };
  }
}

/** Names that nobody has named before are created on the way, and gone again with all else. */
function compare({ upload, feed }: Look, date: LocalDate, stagedRows: number, context: JobContext) {
  const runSliceId = scratchOf(upload.id).ofDay(date);
  return rehearse(
    (fn) => context.read<never>(fn),
    (em: EntityManager) =>
      sayOverflow(
        compareSlice(em, {
          ...{ feed, date, stagedRows, objectIds: [], isApproved: false },
          ...{ replacesId: null, expectedVersion: null, isRevert: false },
          staged: { runSliceId, fence: context.run.fence },
          sourcePosition: new Date(),
        }),
      ),
  );
}

async function failed(
  { feed }: Look,
  date: LocalDate,
  reason: string,
  { read }: JobContext,
): Promise<Pick<PreviewedDay, 'status' | 'reason' | 'version'>> {
  const slice = await read((em) => em.findOne(Slice, { feedId: feed.id, date }));
  return { status: 'FAILED', reason, version: slice?.version ?? 0 };
}
