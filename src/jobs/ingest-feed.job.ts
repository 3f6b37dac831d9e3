import { z } from 'zod';
import { connectorFor } from '../connectors/registry.ts';
import { findObjects } from '../domain/feed/find-objects.ts';
import type { StoredObject } from '../domain/feed/object-store.ts';
import { closeRun } from '../domain/ingestion/close-run.ts';
import { finishRun } from '../domain/ingestion/finish-run.ts';
import { findAppliedKeys, loadRun } from '../domain/ingestion/load-run.ts';
import { reopenRun } from '../domain/ingestion/reopen-run.ts';
import { defineJob, FinalJobError } from './define-job.ts';
import { createByteMeter } from './ingest-feed/byte-meter.ts';
import { loadSlice } from './ingest-feed/load-slice.ts';
import { createStopwatch } from './ingest-feed/stopwatch.ts';

/**
 * Load the slices of one ingestion run, a day at a time: fetch, stage, compare and replace.
 *
 * Idempotent: a later attempt goes on where the last finished day ended, and a day is applied whole or not
 * at all. Source: docs/decisions/0005-loading-a-day.md.
 * @throws {FinalJobError} no day could be used: the files are at fault, and trying again would not help.
 */
export const ingestFeed = defineJob({
  name: 'ingest-feed',
  queue: 'ingestion',
  payload: z.object({ runId: z.uuid() }),
  attempts: 5,
  timeoutMs: 2 * 60 * 60_000,
  backoffMs: 2_000,

  async process({ runId }, context) {
    const { read, write, store, signal } = context;
    const stopwatch = createStopwatch();
    const loaded = await read((em) => loadRun(em, runId));
    const { feed, run, pending } = loaded;
    const range = { from: run.fromDate, to: run.toDate };
    const found = await stopwatch.time('list', () =>
      run.trigger === 'APPROVAL'
        ? new Map<string, StoredObject[]>()
        : findObjects(feed, range, store),
    );
    const applied = await read((em) => findAppliedKeys(em, feed, range));
    const meter = createByteMeter(found, pending, context.report);
    const work = { loaded, connector: connectorFor(feed.source), context, meter, stopwatch };
    for (const slice of pending) {
      signal.throwIfAborted();
      const objects = found.get(slice.date) ?? [];
      const known = applied.get(slice.date);
      const isKnown =
        objects.length > 0 &&
        objects.length === known?.size &&
        objects.every(({ key, etag }) => known.has(`${key} ${etag}`));
      await loadSlice(work, slice, objects, run.trigger === 'SCHEDULE' && isKnown);
    }
    const { outcome, reason } = await write((em) => finishRun(em, runId, stopwatch.timings));
    if (outcome === 'FAILED') {
      throw new FinalJobError(reason ?? 'No day could be loaded', 'BAD_USER_INPUT');
    }
  },

  onEnd: (em, { runId }, { status, errorMessage }) =>
    closeRun(em, runId, status === 'FAILED' ? errorMessage : null),
  onRetry: (em, { runId }) => reopenRun(em, runId),
});
