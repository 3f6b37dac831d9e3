import { performance } from 'node:perf_hooks';
import type { ApolloServerPlugin } from '@apollo/server';
import type { GraphContext } from './context.ts';

/** A query or mutation that was answered. */
interface EndedOperation {
  /** As the caller named it; undefined where it has no name. */
  name: string | undefined;
  /** Whether it was found out who asks. */
  isAuthenticated: boolean;
  /** `invalid` where it could not be read. */
  type: 'query' | 'mutation' | 'subscription' | 'invalid';
  /** `refused`: the caller's mistake; `failed`: ours. */
  outcome: 'succeeded' | 'refused' | 'failed';
  seconds: number;
}

/** Told what the graph answers, to count it. */
export interface GraphObserver {
  operationEnded(operation: EndedOperation): void;
  /** @param code `extensions.code`, one of those that this code gives. */
  errorTold(code: string): void;
}

/** Tells of every operation over HTTP. The name of one that is not valid is not told: it names nothing. */
export function observeOperations(observer: GraphObserver): ApolloServerPlugin<GraphContext> {
  return {
    async requestDidStart() {
      const startedAt = performance.now();
      return {
        async willSendResponse({ contextValue, operation, response: { body } }) {
          const errors = (body.kind === 'single' && body.singleResult.errors) || [];
          const hasFailed = errors.some(
            ({ extensions }) => extensions?.code === 'INTERNAL_SERVER_ERROR',
          );
          observer.operationEnded({
            name: operation?.name?.value,
            isAuthenticated: contextValue.caller !== undefined,
            type: operation?.operation ?? 'invalid',
            outcome: hasFailed ? 'failed' : errors.length > 0 ? 'refused' : 'succeeded',
            seconds: (performance.now() - startedAt) / 1000,
          });
        },
      };
    },
  };
}
