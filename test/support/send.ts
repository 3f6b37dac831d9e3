import type { GraphQLFormattedError } from 'graphql';

/** How the graph answered a request, whatever it is. */
export interface Sent {
  status: number;
  headers: Record<string, string>;
  // biome-ignore lint/suspicious/noExplicitAny: each test asks for something else.
  data: any;
  error: GraphQLFormattedError | undefined;
  text: string;
}

/** Send the graph at an address what its own client would not: text, headers and method as they are given. */
export async function send(url: string, init: RequestInit & { path?: string }): Promise<Sent> {
  const { path = '', ...rest } = init;
  const response = await fetch(`${url}/graphql${path}`, rest);
  const text = await response.text();
  const { status } = response;
  const headers = Object.fromEntries(response.headers);
  const isJson = headers['content-type']?.includes('json');
  const { data, errors } = isJson ? JSON.parse(text) : {};
  return { status, headers, data, error: errors?.[0], text };
}

/** Post a body as JSON. */
export function postJson(url: string, body: unknown, token?: string): Promise<Sent> {
  const headers = {
    'content-type': 'application/json',
    ...(token && { authorization: `Bearer ${token}` }),
  };
  return send(url, { method: 'POST', headers, body: JSON.stringify(body) });
}
