import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { GraphObserver } from '../../resolvers/graph-observer.ts';
import { boundNames } from './bounded-names.ts';

const mostOperations = 100;

/** Counts what the graph answers. Operations are named by their callers, of whom strangers add no name: see `boundNames`. */
export function createGraphMetrics(registry: Registry): GraphObserver {
  const registers = [registry];
  const bound = boundNames(mostOperations);
  const duration = new Histogram({
    name: 'mediagraph_graphql_operation_duration_seconds',
    help: 'Time that queries and mutations took, by operation, type and outcome (succeeded, refused, failed)',
    labelNames: ['operation', 'type', 'outcome'],
    buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers,
  });
  const errors = new Counter({
    name: 'mediagraph_graphql_errors_total',
    help: 'Errors that callers were told of, over HTTP and WebSocket, by code',
    labelNames: ['code'],
    registers,
  });
  return {
    operationEnded({ name, isAuthenticated, type, outcome, seconds }) {
      const operation = name === undefined ? 'anonymous' : bound(name, isAuthenticated);
      duration.observe({ operation, type, outcome }, seconds);
    },
    errorTold: (code) => errors.inc({ code }),
  };
}

/** How many listen over WebSocket, as it is when asked. */
export function createSocketMetrics(
  registry: Registry,
  activity: () => { sockets: number; subscriptions: number },
): void {
  const registers = [registry];
  new Gauge({
    name: 'mediagraph_graphql_sockets',
    help: 'WebSockets that are open',
    registers,
    collect() {
      this.set(activity().sockets);
    },
  });
  new Gauge({
    name: 'mediagraph_graphql_subscriptions',
    help: 'Subscriptions that are active',
    registers,
    collect() {
      this.set(activity().subscriptions);
    },
  });
}
