import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Log } from '../jobs/log.ts';
import { listen } from './listen.ts';
import type { Answers } from './probes.ts';

export interface InternalHttpOptions {
  /** 0 takes any free one. */
  port: number;
  host: string;
  answers: Answers;
  log: Log;
}

/**
 * A small server beside the process's work, for the machinery that watches it: no sign-in, so never for the
 * public.
 *
 * @returns its address, and how to stop it.
 * @throws {Error} when the port is taken.
 */
export async function serveInternally({ port, host, answers, log }: InternalHttpOptions) {
  const respond = async ({ method, url = '/' }: IncomingMessage, response: ServerResponse) => {
    const [path = '/'] = url.split('?');
    const answer = Object.hasOwn(answers, path) ? answers[path] : undefined;
    if (!answer) return response.writeHead(404).end();
    if (method !== 'GET' && method !== 'HEAD') {
      return response.writeHead(405, { allow: 'GET, HEAD' }).end();
    }
    const { status, type, body } = await answer();
    const headers = { 'content-type': type, 'cache-control': 'no-store' };
    return response.writeHead(status, headers).end(body);
  };
  const http = createServer((request, response) => {
    respond(request, response).catch((error) => {
      log.error({ err: error, url: request.url }, 'internal request failed');
      response.writeHead(500).end();
    });
  });
  const url = await listen(http, { port, host, setting: 'INTERNAL_PORT' });
  return {
    url,
    close: () =>
      new Promise<void>((closed) => {
        http.close(() => closed());
        http.closeAllConnections();
      }),
  };
}
