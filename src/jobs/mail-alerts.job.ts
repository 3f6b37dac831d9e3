import { z } from 'zod';
import { mailAlerts as mailUntold } from '../domain/alert/mail-alerts.ts';
import { defineJob } from './define-job.ts';
import { openPostbox } from './postbox.ts';

/** Mail an organization's people of the troubles that have begun. */
export const mailAlerts = defineJob({
  name: 'mail-alerts',
  queue: 'mail',
  payload: z.strictObject({}),
  attempts: 5,
  timeoutMs: 60_000,
  backoffMs: 10_000,

  process: (_, { tenant, cipher, enqueue }) =>
    enqueue((em, add) =>
      mailUntold(em, cipher, openPostbox(cipher, { add }), tenant.organizationId),
    ),
});
