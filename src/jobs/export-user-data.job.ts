import { z } from 'zod';
import { exportLifeDays, partsOfUser } from '../domain/data-protection/export-parts.ts';
import { defineJob } from './define-job.ts';
import { zipTables } from './export-data/zip-tables.ts';
import { keepFile } from './keep-file.ts';

/** Make a zip of everything that there is of a user in the organization, for who asked for it. */
export const exportUserData = defineJob({
  name: 'export-user-data',
  queue: 'maintenance',
  payload: z.object({ userId: z.uuid(), requestedBy: z.uuid() }),
  attempts: 3,
  timeoutMs: 60 * 60_000,
  backoffMs: 10_000,

  async process({ userId, requestedBy }, context) {
    const { read, cipher, report, signal } = context;
    const file = {
      ...{ clientId: null, userId, requestedBy, lifeDays: exportLifeDays },
      kind: 'USER_EXPORT',
      name: 'my-data.zip',
      contentType: 'application/zip',
    } as const;
    await keepFile(context, file, (keep) =>
      read((em) =>
        keep(
          zipTables(em, {
            title: 'Everything that Mediagraph has of you in this organization',
            ...partsOfUser(userId),
            decrypt: cipher.decrypt,
            onRows: (done) => report({ stage: 'EXPORT', done, total: null }),
            signal,
          }),
        ),
      ),
    );
  },
});
