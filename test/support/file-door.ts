import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { strFromU8, unzipSync } from 'fflate';
import { answerError } from '../../src/bi/answer-error.ts';
import { createDatabase } from '../../src/infra/database.ts';
import { createFileDoor } from '../../src/infra/file-door.ts';
import { createObjectStore } from '../../src/infra/storage.ts';
import type { Agency } from './agency.ts';
import { openSecurityLog } from './security-log.ts';

/**
 * The door that files are fetched through, over HTTP and as the server's role.
 *
 * @param stallMs how long a reader may take nothing.
 */
export async function openFileDoor(agency: Agency, stallMs = 200) {
  const failures: unknown[] = [];
  const database = await createDatabase({ url: agency.urls.serverUrl, poolSize: 2 });
  const store = createObjectStore(agency.s3);
  const security = openSecurityLog(agency, database);
  const door = createFileDoor({
    ...{ database, store, cipher: agency.cipher, security, stallMs },
    count: (_request, authenticate) => authenticate(),
    answerError: (error, response) =>
      answerError(error, response, (failure) => failures.push(failure)),
  });
  let underWay = 0;
  const app = express().use((_request, response, next) => {
    response.locals.requestId = 'test';
    underWay += 1;
    response.once('close', () => {
      underWay -= 1;
    });
    next();
  });
  const http = createServer(app.use('/files', door)).listen(0, '127.0.0.1');
  await once(http, 'listening');
  const origin = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  return {
    store,
    security,
    /** How many answers are not over. */
    underWay: () => underWay,
    /** What went wrong on our side. */
    failures,
    fetch: (path: string, init: RequestInit = {}) => fetch(`${origin}${path}`, init),
    async close() {
      http.close();
      http.closeAllConnections();
      security.close();
      await security.settled();
      store.close();
      await database.close();
    },
  };
}

/** The files of a zip, as text by their names. */
export async function unzip(answer: Response): Promise<Record<string, string>> {
  const files = unzipSync(new Uint8Array(await answer.arrayBuffer()));
  return Object.fromEntries(
    Object.entries(files).map(([name, content]) => [name, strFromU8(content)]),
  );
}
