import { z } from 'zod';
import { Erasure } from '../domain/data-protection/erasure.entity.ts';
import { findDueErasures } from '../domain/data-protection/run-erasure.ts';
import { dropContents, filesToRemove, forgetFiles } from '../domain/file/remove-files.ts';
import { upkeep } from '../domain/job/ensure-upkeep.ts';
import { giveUpMails } from '../domain/mail/end-mail.ts';
import { defineJob } from './define-job.ts';
import { eraseSubject } from './erase-subject.job.ts';

/** Remove an organization's files that have expired, give up mails that failed long ago, and start erasures that are due. */
export const runUpkeep = defineJob({
  name: upkeep,
  queue: 'maintenance',
  payload: z.object({ organizationId: z.uuid() }),
  attempts: 5,
  timeoutMs: 60 * 60_000,
  backoffMs: 60_000,

  async process({ organizationId }, { read, write, enqueue, store, report, signal }) {
    await enqueue(async (em, add) => {
      for (const { id: erasureId } of await findDueErasures(em)) {
        const jobRunId = await add(eraseSubject, { erasureId }, { organizationId, clientId: null });
        await em.flush();
        await em.nativeUpdate(Erasure, erasureId, { jobRunId });
      }
    });
    await write(giveUpMails);
    let done = 0;
    for (;;) {
      signal.throwIfAborted();
      const files = await read((em) => filesToRemove(em, 'EXPIRED'));
      if (files.length === 0) return;
      await dropContents(store, files);
      done += await write((em) => forgetFiles(em, files));
      report({ stage: 'REMOVE_FILES', done, total: null });
    }
  },
});
