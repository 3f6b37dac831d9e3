import { once } from 'node:events';
import {
  createServer,
  request as forward,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** What goes wrong with one request: the next one of this kind. */
export interface Fault {
  method: 'GET' | 'HEAD' | 'PUT';
  /** In its path and query, decoded. */
  about: string;
  /** Answers this error instead; nothing at all where it is `null`. */
  error?: { status: number; code: string } | null;
  /** Is done before the request is passed on. */
  before?(): Promise<void>;
  /** Is done once half of the answer was sent. @returns the other half; null where the connection breaks off. */
  halfway?(rest: Buffer, again: () => Promise<Buffer>): Promise<Buffer | null>;
}

/** Stands before an S3 server: passes requests on and spoils those that it is told to, each once. */
export async function startFaultyS3(endpoint: string) {
  const faults: Fault[] = [];
  const http = createServer();
  await once(http.listen(0, '127.0.0.1'), 'listening');

  const pass = async (request: IncomingMessage): Promise<IncomingMessage> => {
    const { method, headers, url } = request;
    const passed = forward(`${endpoint}${url}`, { method, headers });
    request.pipe(passed);
    const [answer] = await once(passed, 'response');
    return answer;
  };

  const spoil = async (fault: Fault, request: IncomingMessage, response: ServerResponse) => {
    const { error, before, halfway } = fault;
    if (error === null) return;
    if (error) {
      request.resume();
      const body = `<Error><Code>${error.code}</Code><Message>As told</Message></Error>`;
      return response.writeHead(error.status, { 'content-type': 'application/xml' }).end(body);
    }
    await before?.();
    const answer = await pass(request);
    const body = await buffer(answer);
    const middle = Math.floor(body.length / 2);
    response.writeHead(answer.statusCode ?? 0, answer.headers);
    await new Promise((sent) => response.write(body.subarray(0, middle), sent));
    const again = async () => (await buffer(await pass(request))).subarray(middle);
    const rest = halfway ? await halfway(body.subarray(middle), again) : body.subarray(middle);
    return rest ? response.end(rest) : response.destroy();
  };

  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const asked = decodeURIComponent(request.url ?? '');
    const place = faults.findIndex(
      ({ method, about }) => method === request.method && asked.includes(about),
    );
    const [fault] = place < 0 ? [] : faults.splice(place, 1);
    if (fault) return spoil(fault, request, response);
    const passed = await pass(request);
    response.writeHead(passed.statusCode ?? 0, passed.headers);
    return passed.pipe(response);
  };
  http.on('request', (request, response) => {
    answer(request, response).catch(() => response.destroy());
  });

  return {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    /** Those that have not come to pass yet. */
    faults,
    close() {
      http.closeAllConnections();
      http.close();
    },
  };
}
