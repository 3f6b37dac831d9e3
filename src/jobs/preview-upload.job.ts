import { z } from 'zod';
import { connectorFor } from '../connectors/registry.ts';
import { DomainError } from '../domain/errors.ts';
import { actorOf } from '../domain/upload/actor-of.ts';
import { confirmUpload } from '../domain/upload/confirm-upload.ts';
import { clearScratch } from '../domain/upload/preview-scratch.ts';
import {
  failPreview,
  keepPreview,
  type Looked,
  loadUpload,
  reopenPreview,
} from '../domain/upload/preview-upload.ts';
import type { Upload } from '../domain/upload/upload.entity.ts';
import { overwrittenDays } from '../domain/upload/upload-preview.ts';
import { defineJob } from './define-job.ts';
import { ingestFeed } from './ingest-feed.job.ts';
import { createLook, type Look } from './preview-upload/look.ts';
import { readUpload } from './preview-upload/read-upload.ts';
import { weighDays } from './preview-upload/weigh-days.ts';

/**
 * Look at an uploaded file: read it once whole, and find out what loading each of its days would change. No fact is
 * written. Where that was wanted, the file is confirmed by it.
 *
 * Idempotent: an attempt looks anew, and only the first outcome is kept. A file that cannot be used is an outcome, too.
 */
export const previewUpload = defineJob({
  name: 'preview-upload',
  queue: 'ingestion',
  payload: z.object({ uploadId: z.uuid() }),
  attempts: 5,
  timeoutMs: 30 * 60_000,
  backoffMs: 2_000,

  async process({ uploadId }, context) {
    const loaded = await context.read((em) => loadUpload(em, uploadId));
    if (!loaded) return;
    await context.write((em) => clearScratch(em, uploadId));
    const look = createLook(loaded, connectorFor(loaded.feed.source));
    const refusal = await refusalOf(async () => {
      await readUpload(look, context);
      await weighDays(look, context);
    });
    await context.enqueue(async (em, add) => {
      const { organizationId, clientId, requestedBy } = loaded.upload;
      const upload = await keepPreview(em, uploadId, resultOf(look, refusal));
      if (!upload || !isApplied(upload)) return;
      const owner = { organizationId, clientId, requestedBy };
      try {
        await confirmUpload(
          em,
          actorOf({ ...upload, userId: requestedBy }, context.run.id),
          uploadId,
          (run) => add(ingestFeed, { runId: run.id }, owner),
        );
      } catch (error) {
        // Refused before anything was written: what was found stays, with why it cannot be loaded as it is.
        if (!(error instanceof DomainError && error.code === 'CONFLICT')) throw error;
        upload.reason = error.message;
      }
    });
  },

  async onEnd(em, { uploadId }, { status, errorMessage }) {
    await clearScratch(em, uploadId);
    if (status === 'SUCCEEDED') return;
    await failPreview(em, uploadId, errorMessage ?? 'It was cancelled.');
  },
  onRetry: (em, { uploadId }) => reopenPreview(em, uploadId),
});

/** Why the file cannot be used; null where it can. Faults of ours are thrown, to be tried again. */
async function refusalOf(look: () => Promise<void>): Promise<string | null> {
  try {
    await look();
    return null;
  } catch (error) {
    if (error instanceof DomainError && error.code === 'BAD_USER_INPUT') return error.message;
    throw error;
  }
}

function resultOf({ preview, mapping }: Look, refusal: string | null): Looked {
  return { preview, mapping, refusal };
}

function isApplied({ applies, preview }: Upload): boolean {
  if (applies === 'WHEN_NEW') return preview !== null && overwrittenDays(preview).length === 0;
  return applies === 'ALWAYS';
}
