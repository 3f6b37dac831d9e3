import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { answerError } from '../../src/bi/answer-error.ts';
import { connectors } from '../../src/connectors/registry.ts';
import { fromGlobalId, toGlobalId } from '../../src/domain/global-id.ts';
import type { Viewer } from '../../src/domain/identity/viewer.ts';
import type { PreviewedDay, UploadPreview } from '../../src/domain/upload/upload-preview.ts';
import { createDatabase } from '../../src/infra/database.ts';
import { createObjectStore } from '../../src/infra/storage.ts';
import { untraced } from '../../src/infra/tracing.ts';
import { createUploadDoors } from '../../src/infra/uploads/upload-doors.ts';
import { createUploadDesk } from '../../src/jobs/upload-desk.ts';
import type { Agency } from './agency.ts';
import type { createJobRig } from './in-process-workers.ts';

type JobRig = Awaited<ReturnType<typeof createJobRig>>;

/** What the door for forms answers. */
interface UploadAnswer {
  error?: { code: string; message: string };
  upload: { id: string; state: string; reason: string | null; preview: UploadPreview };
  run: { id: string; status: string; days: PreviewedDay[] };
}

/** The doors that files are sent to, over HTTP and as the server's role; jobs are done by the rig's workers. */
export async function openUploadDoors(agency: Agency, rig: JobRig, viewer: Viewer) {
  const failures: unknown[] = [];
  const ended: string[] = [];
  const database = await createDatabase({ url: agency.urls.serverUrl, poolSize: 4 });
  const store = createObjectStore(agency.s3);
  const { announcer } = rig.options;
  const send = async (ids: string[]) => {
    await Promise.all(ids.map(rig.send));
  };
  const doors = createUploadDoors({
    desk: createUploadDesk({
      ...{ database, store, send, announcer, tracing: untraced },
      ...{ sources: connectors, rereadMs: 200 },
    }),
    authenticate: async () => viewer,
    count: (_request, authenticate) => authenticate(),
    authenticator: {
      findEnded: async ({ sessionIds }) => sessionIds.filter((id) => ended.includes(id)),
    },
    mostBytes: 100_000,
    ...{ cipher: agency.cipher, readId: fromGlobalId, writeId: toGlobalId },
    answerError: (error, response) =>
      answerError(error, response, (failure) => failures.push(failure)),
  });
  const http = express().use('/uploads', doors).listen(0, '127.0.0.1');
  await once(http, 'listening');
  const { port } = http.address() as AddressInfo;
  const origin = `http://127.0.0.1:${port}`;
  return {
    port,
    store,
    /** What went wrong on our side. */
    failures,
    /** Sessions that have ended. */
    ended,
    put: (path: string, body: string | Buffer) =>
      fetch(`${origin}${path}`, {
        method: 'PUT',
        body: new Uint8Array(Buffer.from(body as string)),
      }),
    async post(fields: Record<string, string>, file?: { name: string; content: string | Buffer }) {
      const form = new FormData();
      // As in the manual: what it is for comes after it.
      if (file) {
        const bytes = new Uint8Array(Buffer.from(file.content as string));
        form.append('file', new Blob([bytes]), file.name);
      }
      for (const [name, value] of Object.entries(fields)) form.append(name, value);
      const answer = await fetch(`${origin}/uploads`, { method: 'POST', body: form });
      return { status: answer.status, body: (await answer.json()) as UploadAnswer };
    },
    async close() {
      http.close();
      http.closeAllConnections();
      store.close();
      await database.close();
    },
  };
}
