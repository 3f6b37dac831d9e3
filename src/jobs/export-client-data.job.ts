import { z } from 'zod';
import { Client } from '../domain/client/client.entity.ts';
import { exportLifeDays, partsOfClient } from '../domain/data-protection/export-parts.ts';
import { defineJob } from './define-job.ts';
import { zipTables } from './export-data/zip-tables.ts';
import { keepFile } from './keep-file.ts';

/** Make a zip of everything that there is of a client, for who asked for it. */
export const exportClientData = defineJob({
  name: 'export-client-data',
  queue: 'maintenance',
  payload: z.object({ clientId: z.uuid(), requestedBy: z.uuid() }),
  attempts: 3,
  timeoutMs: 6 * 60 * 60_000,
  backoffMs: 10_000,

  async process({ clientId, requestedBy }, context) {
    const { read, cipher, report, signal } = context;
    const client = await read((em) => em.findOneOrFail(Client, clientId));
    const file = {
      ...{ clientId, userId: null, requestedBy, lifeDays: exportLifeDays },
      kind: 'CLIENT_EXPORT',
      name: 'client-data.zip',
      contentType: 'application/zip',
    } as const;
    await keepFile(context, file, (keep) =>
      read((em) =>
        keep(
          zipTables(em, {
            title: `Everything that Mediagraph has of ${client.name}`,
            ...partsOfClient(clientId),
            decrypt: cipher.decrypt,
            onRows: (done) => report({ stage: 'EXPORT', done, total: null }),
            signal,
          }),
        ),
      ),
    );
  },
});
