import { once } from 'node:events';
import WebSocket from 'ws';
import { createApi } from '../../client/api.ts';
import { SignInDocument } from '../../client/operations.ts';
import type { Installation } from './installation.ts';

/** A token of the organization's owner. */
export async function ownerToken({ url, agency }: Installation): Promise<string> {
  const { signIn } = await createApi(url).request(SignInDocument, { input: agency.owner });
  return signIn.token;
}

/** A bare WebSocket of the graph, on which nothing was said yet. */
export async function openBareSocket({ url }: Installation): Promise<WebSocket> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
  socket.on('error', () => undefined);
  await once(socket, 'open');
  return socket;
}

/** One that was let in with a token. @throws {Error} why it was not. */
export async function openSocket(installation: Installation, token: string): Promise<WebSocket> {
  const socket = await openBareSocket(installation);
  const payload = { authorization: `Bearer ${token}` };
  socket.send(JSON.stringify({ type: 'connection_init', payload }));
  const refused = once(socket, 'close').then(([, reason]) => {
    throw new Error(String(reason));
  });
  await Promise.race([once(socket, 'message'), refused]);
  refused.catch(() => undefined);
  return socket;
}

/** Ask for a subscription. */
export function subscribe(socket: WebSocket, id: string, query: string, variables = {}): void {
  socket.send(JSON.stringify({ id, type: 'subscribe', payload: { query, variables } }));
}
