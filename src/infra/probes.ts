import type { Express } from 'express';
import type { Readiness } from './readiness.ts';

/** What is answered at one path. */
interface Answer {
  status: number;
  type: string;
  body: string;
}

/** Answers by path. */
export type Answers = Record<string, () => Promise<Answer>>;

/**
 * `/healthz`: the process runs; nothing else is asked, so that a database that is down gets no process killed.
 * `/readyz`: it can work; where not, which components fail, and nothing more about them.
 */
export function createProbes(readiness: Readiness): Answers {
  return {
    '/healthz': async () => ({ status: 200, type: 'text/plain', body: 'ok' }),
    '/readyz': async () => {
      const failing = await readiness.failing();
      const isReady = failing.length === 0;
      const body = JSON.stringify(isReady ? { ready: true } : { ready: false, failing });
      return { status: isReady ? 200 : 503, type: 'application/json', body };
    },
  };
}

/** Serve probes on the public server, before anything that counts or logs requests. */
export function serveProbes(app: Express, probes: Answers): void {
  for (const [path, answer] of Object.entries(probes)) {
    app.get(path, async (_, response) => {
      const { status, type, body } = await answer();
      response.status(status).type(type).set('cache-control', 'no-store').send(body);
    });
  }
}
