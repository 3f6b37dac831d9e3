import type { IncomingMessage, Server } from 'node:http';
import { ApolloServer } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
} from '@apollo/server/plugin/disabled';
import { ApolloServerPluginDrainHttpServer } from '@apollo/server/plugin/drainHttpServer';
import type { Request, Response } from 'express';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { originOf } from '../domain/audit-log/origin-of.ts';
import { bearer } from '../domain/identity/bearer.ts';
import type { Meter } from '../domain/identity/meter.ts';
import type { Log } from '../jobs/log.ts';
import { buildGraph } from './build-schema.ts';
import { GraphContext } from './context.ts';
import { answerQueries, stringifyResult } from './execution/answer-queries.ts';
import { formatError, type LogFailure } from './format-error.ts';
import { type GraphObserver, observeOperations } from './graph-observer.ts';
import type { GraphServices } from './graph-services.ts';
import { admitRequest, refuseForNow, refusing } from './limits/admit-request.ts';
import { documentLimits } from './limits/check-document.ts';
import { hideSuggestions } from './limits/hide-suggestions.ts';
import { openDoor } from './limits/open-door.ts';
import { noteRefusals } from './note-refusals.ts';
import { type RequestRecorder, recordOperations } from './record-operations.ts';
import { startSubscriptionServer } from './subscription-server.ts';

export interface GraphServerOptions {
  http: Server;
  path: string;
  services: GraphServices;
  meter: Meter;
  isProduction: boolean;
  logFailure: LogFailure;
  observer: GraphObserver;
  recorder: RequestRecorder;
  log: Log;
  /** Whom a request for a WebSocket is from. */
  addressOf(request: IncomingMessage): string | null;
  /** Whether a WebSocket may be opened. */
  mayOpen(request: IncomingMessage): boolean;
  /** How many WebSockets one user or service token may have open at once. */
  socketsPerUser: number;
  /** How long requests may take to end when the server stops. */
  shutdownMs: number;
}

/**
 * The graph over HTTP, and its subscriptions over graphql-ws on the same path.
 *
 * @returns the server, the context of each of its requests, and who listens over WebSocket at the moment.
 */
export async function startGraphServer(options: GraphServerOptions) {
  const { http, services, meter, isProduction, logFailure, observer, log } = options;
  const schema = await buildGraph();
  const door = openDoor(schema, meter);
  const format = (formatted: GraphQLFormattedError, error: unknown) => {
    const told = formatError(formatted, error, logFailure);
    observer.errorTold(String(told.extensions?.code));
    return isProduction ? hideSuggestions(told) : told;
  };
  const subscriptions = startSubscriptionServer({
    ...options,
    schema,
    door,
    formatEach: (errors) => errors.map((error) => format(error.toJSON(), error)),
  });
  const apollo = new ApolloServer<GraphContext>({
    schema,
    introspection: !isProduction,
    // Documents that come as a hash alone could not be examined before they are run.
    persistedQueries: false,
    allowBatchedHttpRequests: false,
    csrfPrevention: true,
    parseOptions: { maxTokens: documentLimits.tokens },
    includeStacktraceInErrorResponses: false,
    formatError: format,
    stringifyResult,
    plugins: [
      ApolloServerPluginDrainHttpServer({
        httpServer: http,
        stopGracePeriodMillis: options.shutdownMs,
      }),
      ApolloServerPluginLandingPageDisabled(),
      // It would watch every field of every answer; answers are nobody's to cache.
      ApolloServerPluginCacheControlDisabled(),
      observeOperations(observer),
      recordOperations(options.recorder),
      // What fails is paid twice: it is not refused in its middle, but what comes next may be.
      answerQueries(schema, log, (context, question) => {
        door.charge(context, question).catch(() => undefined);
      }),
      {
        requestDidStart: async () => ({
          didResolveOperation: async ({
            request,
            operation,
            operationName: name,
            contextValue,
          }) => {
            const { query = '' } = request;
            await refusing(() => door.charge(contextValue, { ...request, query }));
            if (operation) noteOperation(services.tracing, operation.operation, name);
            if (operation?.operation === 'query') contextValue.allowLag();
            if (operation?.operation !== 'subscription') return;
            throw new GraphQLError(
              'Subscriptions are served over WebSocket (graphql-ws) here.',
              badRequest,
            );
          },
          didEncounterErrors: async ({ contextValue, errors }) =>
            noteRefusals(contextValue, errors),
          willSendResponse: async ({ contextValue, response: { body, http } }) => {
            await contextValue.close();
            const { data, errors = [] } = body.kind === 'single' ? body.singleResult : {};
            const { code, retryAfter } = errors[0]?.extensions ?? {};
            if (code === 'RATE_LIMITED' && !data) refuseForNow(http, retryAfter);
            if (code) services.tracing.note({ 'error.type': String(code) });
          },
        }),
        serverWillStart: async () => ({ drainServer: subscriptions.stop }),
      },
    ],
  });
  await apollo.start();
  return {
    apollo,
    async contextOf(request: Request, response: Response): Promise<GraphContext> {
      const context = contextOf(services, request, response);
      await admitRequest(door, context, request);
      return context;
    },
    activity: subscriptions.activity,
  };
}

/** What a trace says of an operation. Its text stays out, since people write values into it. */
function noteOperation(tracing: GraphServices['tracing'], type: string, name: string | null): void {
  tracing.note(
    { 'graphql.operation.type': type, ...(name && { 'graphql.operation.name': name }) },
    type,
  );
}

/** How long all that an operation reads may take. */
const longestOperationMs = 60_000;

/** The context of an HTTP request; it ends with the request, or when it takes too long. */
function contextOf(services: GraphServices, request: Request, response: Response): GraphContext {
  const { ip } = request;
  const userAgent = request.get('user-agent');
  const origin = originOf({ ip, userAgent }, response.locals.requestId);
  const context = new GraphContext(services, origin, bearer(request.get('authorization')));
  const late = setTimeout(() => context.abandon(), longestOperationMs);
  response.once('close', () => {
    clearTimeout(late);
    if (!response.writableFinished) context.abandon();
  });
  return context;
}

const badRequest = { extensions: { code: 'BAD_USER_INPUT', http: { status: 400 } } };
