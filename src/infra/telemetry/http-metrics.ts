import { performance } from 'node:perf_hooks';
import type { RequestHandler } from 'express';
import { Histogram, type Registry } from 'prom-client';
import { otherName } from './bounded-names.ts';

const methods = ['GET', 'HEAD', 'OPTIONS', 'POST'];

/**
 * Time requests: by route, method and class of status. What is not one of these routes is "other"; a caller
 * that left before the answer is "aborted".
 *
 * @param routes first parts of paths.
 */
export function createHttpMetrics(registry: Registry, routes: string[]): RequestHandler {
  const duration = new Histogram({
    name: 'mediagraph_http_request_duration_seconds',
    help: 'Time that HTTP requests took, by route, method and class of status (2xx, 3xx, 4xx, 5xx, aborted); probes are left out',
    labelNames: ['route', 'method', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [registry],
  });
  return ({ method, path }, response, next) => {
    const startedAt = performance.now();
    const route = routes.find((each) => path === each || path.startsWith(`${each}/`)) ?? otherName;
    response.once('close', () => {
      const { statusCode, writableFinished } = response;
      const status = writableFinished ? `${Math.floor(statusCode / 100)}xx` : 'aborted';
      duration.observe(
        { route, method: methods.includes(method) ? method : otherName, status },
        (performance.now() - startedAt) / 1000,
      );
    });
    next();
  };
}
