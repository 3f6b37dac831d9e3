import type { Server } from 'node:http';
import { ApolloServer } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
} from '@apollo/server/plugin/disabled';
import { ApolloServerPluginDrainHttpServer } from '@apollo/server/plugin/drainHttpServer';
import type { Request, Response } from 'express';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { bearer } from '../domain/identity/bearer.ts';
import type { Log } from '../jobs/log.ts';
import { buildGraph } from './build-schema.ts';
import { GraphContext, type GraphServices } from './context.ts';
import { answerQueries, stringifyResult } from './execution/answer-queries.ts';
import { formatError, type LogFailure } from './format-error.ts';
import { type GraphObserver, observeOperations } from './graph-observer.ts';
import { startSubscriptionServer } from './subscription-server.ts';

export interface GraphServerOptions {
  http: Server;
  path: string;
  services: GraphServices;
  isProduction: boolean;
  logFailure: LogFailure;
  observer: GraphObserver;
  log: Log;
  /** How many WebSockets one user or service token may have open at once. */
  socketsPerUser: number;
  /** How long requests may take to end when the server stops. */
  shutdownMs: number;
}

/**
 * The graph over HTTP, and its subscriptions over graphql-ws on the same path.
 *
 * @returns the server, and who listens over WebSocket at the moment.
 */
export async function startGraphServer(options: GraphServerOptions) {
  const { http, services, logFailure, observer } = options;
  const schema = await buildGraph();
  const format = (formatted: GraphQLFormattedError, error: unknown) => {
    const told = formatError(formatted, error, logFailure);
    observer.errorTold(String(told.extensions?.code));
    return told;
  };
  const subscriptions = startSubscriptionServer({
    ...options,
    schema,
    formatEach: (errors) => errors.map((error) => format(error.toJSON(), error)),
  });
  const apollo = new ApolloServer<GraphContext>({
    schema,
    introspection: !options.isProduction,
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
      answerQueries(schema),
      {
        requestDidStart: async () => ({
          didResolveOperation: async ({ operation, operationName: name, contextValue }) => {
            if (operation) noteOperation(services.tracing, operation.operation, name);
            if (operation?.operation === 'query') contextValue.allowLag();
            if (operation?.operation !== 'subscription') return;
            throw new GraphQLError(
              'Subscriptions are served over WebSocket (graphql-ws) here.',
              badRequest,
            );
          },
          willSendResponse: async ({ contextValue, response: { body } }) => {
            await contextValue.close();
            const [error] = (body.kind === 'single' && body.singleResult.errors) || [];
            if (error) services.tracing.note({ 'error.type': String(error.extensions?.code) });
          },
        }),
        serverWillStart: async () => ({ drainServer: subscriptions.stop }),
      },
    ],
  });
  await apollo.start();
  return { apollo, activity: subscriptions.activity };
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
export function contextOf(
  services: GraphServices,
  request: Request,
  response: Response,
): GraphContext {
  const userAgent = request.get('user-agent') ?? null;
  const origin = { requestId: response.locals.requestId, ip: request.ip ?? null, userAgent };
  const context = new GraphContext(services, origin, bearer(request.get('authorization')));
  const late = setTimeout(() => context.abandon(), longestOperationMs);
  response.once('close', () => {
    clearTimeout(late);
    if (!response.writableFinished) context.abandon();
  });
  return context;
}

const badRequest = { extensions: { code: 'BAD_USER_INPUT' } };
