import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { Webhook } from 'standardwebhooks';

/** A request as it came. */
interface Received {
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

/** A server of somebody else that takes webhooks, on this machine. */
export async function startReceiver() {
  const received: Received[] = [];
  /** How the next requests are answered instead of 204, in order. */
  const instead: ((response: ServerResponse) => unknown)[] = [];
  const http = createServer(async (request, response) => {
    const { url: path = '', headers } = request;
    received.push({ path, headers, body: await text(request) });
    const answer = instead.shift();
    if (answer) answer(response);
    else response.writeHead(204).end();
  });
  await once(http.listen(0, '127.0.0.1'), 'listening');
  return {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    received,
    instead,
    close() {
      http.closeAllConnections();
      http.close();
    },
  };
}

/** Read what came, as a receiver should. @throws where it was not signed with the secret, or not just now. */
export function readVerified(secret: string, { headers, body }: Received) {
  const read = new Webhook(secret).verify(body, headers as Record<string, string>);
  return read as { type: string; timestamp: string; data: Record<string, unknown> };
}
