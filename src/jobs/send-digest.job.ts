import { z } from 'zod';
import { mailDigest } from '../domain/digest/mail-digest.ts';
import { digest } from '../domain/digest/schedule-digest.ts';
import { defineJob } from './define-job.ts';
import { openPostbox } from './postbox.ts';

/** Mail an organization's people, in the morning, what happened in a day; nothing where nothing did. */
export const sendDigest = defineJob({
  name: digest,
  queue: 'mail',
  payload: z.strictObject({}),
  attempts: 5,
  timeoutMs: 60_000,
  backoffMs: 60_000,

  process: (_, { run, tenant, cipher, enqueue }) =>
    enqueue((em, add) => {
      const subject = { organizationId: tenant.organizationId, jobRunId: run.id };
      return mailDigest(em, cipher, openPostbox(cipher, { add }), subject);
    }),
});
