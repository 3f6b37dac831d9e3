/** A process full of subscribers to one job; it says how long each change took to reach each of them. */
import { writeFileSync } from 'node:fs';
import { print } from 'graphql';
import { createClient } from 'graphql-ws';
import WebSocket from 'ws';
import { JobProgressDocument } from '../../client/operations.ts';
import { runProcess } from '../../src/infra/process.ts';

/** Fewer than the server lets one address open that have said nothing yet. */
const atOnce = 25;

await runProcess('subscribers', async (onStop) => {
  const { GRAPH_URL: url = '', TOKEN = '', JOB = '', COUNT = '0', RESULT = '' } = process.env;
  const latencies: number[] = [];
  const ready: Promise<void>[] = [];
  const ended: Promise<void>[] = [];
  for (let index = 0; index < Number(COUNT); index++) {
    const client = createClient({
      url,
      webSocketImpl: WebSocket,
      connectionParams: { authorization: `Bearer ${TOKEN}` },
      lazy: false,
    });
    onStop(() => client.dispose());
    const first = Promise.withResolvers<void>();
    const last = Promise.withResolvers<void>();
    ready.push(first.promise);
    ended.push(last.promise);
    client.subscribe<{ jobProgress: { done: number | null } }>(
      { query: print(JobProgressDocument), variables: { id: JOB } },
      {
        next({ data }) {
          first.resolve();
          // The job's progress is the time at which it was reported.
          if (data?.jobProgress.done) latencies.push(Date.now() - data.jobProgress.done);
        },
        error: (error) => last.reject(error),
        complete: last.resolve,
      },
    );
    if (ready.length % atOnce === 0) await Promise.all(ready);
  }
  await Promise.all(ready);
  void Promise.all(ended).then(() => {
    latencies.sort((a, b) => a - b);
    const at = (share: number) => latencies[Math.floor((latencies.length - 1) * share)] ?? 0;
    const result = { count: latencies.length, p50Ms: at(0.5), p99Ms: at(0.99), maxMs: at(1) };
    writeFileSync(RESULT, JSON.stringify(result));
    process.kill(process.pid, 'SIGTERM');
  });
  return {};
});
