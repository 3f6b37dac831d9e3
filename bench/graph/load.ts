import { Agent, request } from 'node:http';

/** A graph, and what to ask it. */
export interface Target {
  url: string;
  token: string;
  query: string;
  variablesOf(request: number): object;
}

export interface Load {
  answers: number;
  perSecond: number;
  p99Ms: number;
}

/** Ask once. @returns the answer's data. @throws {Error} the errors that came instead. */
export async function ask(
  target: Omit<Target, 'variablesOf'>,
  variables: object,
): Promise<unknown> {
  using connection = open(1);
  const body = await connection.post(target, variables);
  return JSON.parse(body.toString()).data;
}

/**
 * Ask over and over, each of the connections again as soon as it is answered, from the first request on.
 *
 * @throws {Error} when any answer has an error in it.
 */
export async function load(
  target: Target,
  { connections, seconds }: { connections: number; seconds: number },
): Promise<Load> {
  using pool = open(connections);
  const took: number[] = [];
  const startedAt = performance.now();
  let sent = 0;
  const isOver = () => performance.now() - startedAt > seconds * 1000;
  const one = async () => {
    while (!isOver()) {
      const askedAt = performance.now();
      await pool.post(target, target.variablesOf(sent++));
      took.push(performance.now() - askedAt);
    }
  };
  await Promise.all(Array.from({ length: connections }, one));
  const elapsedSeconds = (performance.now() - startedAt) / 1000;
  took.sort((a, b) => a - b);
  return {
    answers: took.length,
    perSecond: took.length / elapsedSeconds,
    p99Ms: took[Math.ceil(took.length * 0.99) - 1] ?? Number.NaN,
  };
}

function open(maxSockets: number) {
  const agent = new Agent({ keepAlive: true, maxSockets });
  return {
    post: ({ url, token, query }: Omit<Target, 'variablesOf'>, variables: object) =>
      post(agent, `${url}/graphql`, token, JSON.stringify({ query, variables })),
    [Symbol.dispose]: () => agent.destroy(),
  };
}

function post(agent: Agent, url: string, token: string, body: string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const headers = {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      ...(token && { authorization: `Bearer ${token}` }),
    };
    const sent = request(url, { agent, method: 'POST', headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk)).once('error', reject);
      response.once('end', () => {
        const answer = Buffer.concat(chunks);
        if (response.statusCode === 200 && !answer.includes('"errors":')) resolve(answer);
        else reject(new Error(`${response.statusCode} ${answer.toString().slice(0, 1000)}`));
      });
    });
    sent.once('error', reject).end(body);
  });
}
