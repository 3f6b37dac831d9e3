import type { RequestHandler, Response } from 'express';
import type { Tracing } from '../jobs/tracing.ts';

/**
 * Trace the requests to one path, as part of the caller's trace where it sends a `traceparent`.
 *
 * @param route of the path. What was asked for in particular stays out: addresses can hold tokens.
 */
export function traceRequests(tracing: Tracing, route: string): RequestHandler {
  return (request, response, next) => {
    const { method, protocol: scheme } = request;
    const step = {
      name: `${method} ${route}`,
      kind: 'SERVER',
      attributes: { 'http.request.method': method, 'http.route': route, 'url.scheme': scheme },
      parent: request.get('traceparent') ?? null,
    } as const;
    void tracing.step(step, async () => {
      const answered = closed(response);
      next();
      await answered;
      const { statusCode } = response;
      tracing.note({
        'http.response.status_code': statusCode,
        ...(statusCode >= 500 && { 'error.type': String(statusCode) }),
      });
    });
  };
}

/** Trace GraphQL operations as parts of their requests; their type and name are noted once they are parsed. */
export function traceOperations(tracing: Tracing): RequestHandler {
  return (_request, response, next) => {
    void tracing.step({ name: 'GraphQL Operation', kind: 'SERVER' }, async () => {
      const answered = closed(response);
      next();
      await answered;
    });
  };
}

/** The response was sent whole, or its connection was lost. */
function closed(response: Response): Promise<void> {
  return new Promise((resolve) => response.once('close', () => resolve()));
}
