import { randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled';
import { ApolloServerPluginDrainHttpServer } from '@apollo/server/plugin/drainHttpServer';
import type { Request } from 'express';
import { GraphQLError, type GraphQLFormattedError, getOperationAST, parse } from 'graphql';
import type { Context as SocketContext } from 'graphql-ws';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import { buildGraph } from './build-schema.ts';
import { GraphContext, type GraphServices } from './context.ts';
import { dropDeafSocket } from './drop-deaf-socket.ts';
import { formatError, type LogFailure } from './format-error.ts';
import { type GraphObserver, observeOperations } from './graph-observer.ts';

export interface GraphServerOptions {
  http: Server;
  path: string;
  services: GraphServices;
  isProduction: boolean;
  logFailure: LogFailure;
  observer: GraphObserver;
  /** How long requests may take to end when the server stops. */
  shutdownMs: number;
}

/**
 * The graph over HTTP, and its subscriptions over graphql-ws on the same path.
 *
 * @returns the server, and who listens over WebSocket at the moment.
 */
export async function startGraphServer(options: GraphServerOptions) {
  const { http, path, services, logFailure, observer } = options;
  const schema = await buildGraph();
  const format = (formatted: GraphQLFormattedError, error: unknown) => {
    const told = formatError(formatted, error, logFailure);
    observer.errorTold(String(told.extensions?.code));
    return told;
  };
  const formatEach = (errors: readonly GraphQLError[]) =>
    errors.map((error) => format(error.toJSON(), error));
  const sockets = new WebSocketServer({ server: http, path, maxPayload: 1_000_000 });
  const listeners = new Set<SocketContext>();
  // It repeats the errors of the HTTP server, which that one's owner handles.
  sockets.on('error', () => undefined);
  sockets.on('connection', dropDeafSocket);
  const subscriptions = useServer<{ authorization?: string }>(
    {
      schema,
      onConnect: (context) => void listeners.add(context as SocketContext),
      onClose: (context) => void listeners.delete(context as SocketContext),
      context: ({ connectionParams, extra }) => {
        const { remoteAddress } = extra.request.socket;
        const userAgent = extra.request.headers['user-agent'] ?? null;
        const origin = { requestId: randomUUID(), ip: remoteAddress ?? null, userAgent };
        return new GraphContext(services, origin, bearer(connectionParams?.authorization));
      },
      // Other operations belong on HTTP: nothing would tell when one whose socket is gone is over.
      onSubscribe: (_context, _id, { query, operationName }) => {
        if (isSubscription(query, operationName)) return undefined;
        const message =
          'Only subscriptions are served here; send others over HTTP, to the same address.';
        return [new GraphQLError(message, badRequest)];
      },
      // What a state's selection read ends with that state, and what it got wrong is told as over HTTP.
      onNext: async (_context, _id, _payload, args, result) => {
        await (args.contextValue as unknown as GraphContext).endReading();
        const { data = null, errors } = result;
        return errors ? { data, errors: formatEach(errors) } : { data };
      },
      onError: (_context, _id, _payload, errors) => formatEach(errors),
    },
    sockets,
  );
  const apollo = new ApolloServer<GraphContext>({
    schema,
    introspection: !options.isProduction,
    includeStacktraceInErrorResponses: false,
    formatError: format,
    plugins: [
      ApolloServerPluginDrainHttpServer({
        httpServer: http,
        stopGracePeriodMillis: options.shutdownMs,
      }),
      ApolloServerPluginLandingPageDisabled(),
      observeOperations(observer),
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
        serverWillStart: async () => ({ drainServer: async () => subscriptions.dispose() }),
      },
    ],
  });
  await apollo.start();
  const activity = () => ({
    sockets: sockets.clients.size,
    subscriptions: [...listeners].reduce(
      (sum, { subscriptions: active }) => sum + Object.keys(active).length,
      0,
    ),
  });
  return { apollo, activity };
}

/** What a trace says of an operation. Its text stays out, since people write values into it. */
function noteOperation(tracing: GraphServices['tracing'], type: string, name: string | null): void {
  tracing.note(
    { 'graphql.operation.type': type, ...(name && { 'graphql.operation.name': name }) },
    type,
  );
}

/** The context of an HTTP request. */
export function contextOf(
  services: GraphServices,
  request: Request,
  requestId: string,
): GraphContext {
  const userAgent = request.get('user-agent') ?? null;
  const origin = { requestId, ip: request.ip ?? null, userAgent };
  return new GraphContext(services, origin, bearer(request.get('authorization')));
}

function bearer(header: unknown): string | null {
  const match = /^Bearer\s+(\S+)$/i.exec(typeof header === 'string' ? header : '');
  return match?.[1] ?? null;
}

const badRequest = { extensions: { code: 'BAD_USER_INPUT' } };

/** Whether a request asks for a subscription; what cannot be read does not. */
function isSubscription(query: string, name: string | null | undefined): boolean {
  try {
    const document = parse(query, { maxTokens: 4000 });
    return getOperationAST(document, name ?? undefined)?.operation === 'subscription';
  } catch {
    return false;
  }
}
