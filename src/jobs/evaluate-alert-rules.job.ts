import { z } from 'zod';
import { evaluateRules, findRuledClients } from '../domain/alert-rule/evaluate-rules.ts';
import { evaluation } from '../domain/alert-rule/schedule-evaluation.ts';
import { defineJob } from './define-job.ts';
import { tellOfAlerts } from './tell-of-alerts.ts';

/** Evaluate the alert rules of a client after its figures have changed, or of all clients. Idempotent. */
export const evaluateAlertRules = defineJob({
  name: evaluation,
  queue: 'alerts',
  payload: z.strictObject({ clientId: z.uuid().optional() }),
  attempts: 5,
  timeoutMs: 30 * 60_000,
  backoffMs: 10_000,

  async process({ clientId = undefined }, { tenant, read, enqueue, report, signal }) {
    const clients = await read((em) => findRuledClients(em, clientId ?? null));
    for (const [done, client] of clients.entries()) {
      signal.throwIfAborted();
      report({ stage: 'EVALUATE', done, total: clients.length });
      await enqueue(async (em, add) => {
        await tellOfAlerts(em, add, tenant.organizationId, await evaluateRules(em, client));
      });
    }
  },
});
