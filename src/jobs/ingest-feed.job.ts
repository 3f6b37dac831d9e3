import { z } from 'zod';
import { connectorFor } from '../connectors/registry.ts';
import { judgeRun } from '../domain/alert/judge-run.ts';
import { findRuledClient } from '../domain/alert-rule/find-ruled-client.ts';
import { closeRun } from '../domain/ingestion/close-run.ts';
import { finishRun } from '../domain/ingestion/finish-run.ts';
import { IngestionRun } from '../domain/ingestion/ingestion-run.entity.ts';
import { loadRun } from '../domain/ingestion/load-run.ts';
import { reopenRun } from '../domain/ingestion/reopen-run.ts';
import { defineJob, FinalJobError } from './define-job.ts';
import { evaluateAlertRules } from './evaluate-alert-rules.job.ts';
import { createByteMeter } from './ingest-feed/byte-meter.ts';
import { findDeliveries } from './ingest-feed/find-deliveries.ts';
import { loadDelivery } from './ingest-feed/load-delivery.ts';
import { createStopwatch } from './ingest-feed/stopwatch.ts';
import { requestSummaries } from './request-summaries.ts';
import { tellOfAlerts } from './tell-of-alerts.ts';

/**
 * Load the slices of one ingestion run, one delivery after the other: fetch, stage, compare and replace each day.
 *
 * Idempotent: a later attempt goes on where the last finished day ended, and a day is applied whole or not
 * at all. While a platform makes its report, the run waits in the queue and no worker with it. Source: docs/decisions/0005-loading-a-day.md.
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
    const { read, write, signal } = context;
    const stopwatch = createStopwatch();
    const loaded = await read((em) => loadRun(em, runId));
    const found = await stopwatch.time('list', () => findDeliveries(loaded, context));
    const meter = createByteMeter(found, context.report);
    const connector = connectorFor(loaded.feed.source);
    for (const delivery of found.open) {
      signal.throwIfAborted();
      await loadDelivery({ loaded, connector, context, meter, stopwatch }, delivery);
    }
    const { outcome, reason } = await write((em) => finishRun(em, runId, stopwatch.timings));
    if (outcome === 'FAILED') {
      throw new FinalJobError(reason ?? 'No day could be loaded', 'BAD_USER_INPUT');
    }
  },

  async onEnd(em, { runId }, { organizationId, status, errorMessage }, add) {
    const failure = status === 'FAILED' ? errorMessage : null;
    await closeRun(em, runId, failure);
    if (status !== 'CANCELLED') {
      await tellOfAlerts(em, add, organizationId, await judgeRun(em, runId, failure));
    }
    const ruled = await findRuledClient(em, runId);
    if (ruled)
      await add(evaluateAlertRules, { clientId: ruled }, { organizationId, clientId: ruled });
    const { clientId } = await em.findOneOrFail(IngestionRun, runId);
    await requestSummaries(em, { organizationId, clientId }, add);
  },
  onRetry: (em, { runId }) => reopenRun(em, runId),
});
