import { GraphQLError } from 'graphql';
import type { Log } from '../jobs/log.ts';

/** What tells of promises that failed and that nobody heard. */
interface Unheard {
  on(event: 'unhandledRejection', hear: (reason: unknown) => void): unknown;
}

/**
 * Let the process outlive errors of fields that graphql-js does not hear: where an item of a list fails at once, it
 * waits no more for the items before, which may fail as well. What is answered tells of the first.
 *
 * Whatever else nobody hears ends the process, as it would without this.
 */
export function outliveUnheardErrors(log: Pick<Log, 'warn'>, unheard: Unheard = process): void {
  unheard.on('unhandledRejection', (reason) => {
    if (!(reason instanceof GraphQLError)) throw reason;
    log.warn({ err: reason.originalError ?? reason }, 'a field failed after its answer');
  });
}
