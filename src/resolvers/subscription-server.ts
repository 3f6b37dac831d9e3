import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { GraphQLError, type GraphQLFormattedError, type GraphQLSchema, parse } from 'graphql';
import { CloseCode, makeServer, type Context as SocketContext } from 'graphql-ws';
import { originOf } from '../domain/audit-log/origin-of.ts';
import { bearer } from '../domain/identity/bearer.ts';
import { closeEndedSockets } from './close-ended-sockets.ts';
import { GraphContext } from './context.ts';
import type { GraphServices } from './graph-services.ts';
import { limitSocketsPerUser } from './limit-sockets-per-user.ts';
import { limitWaitingSockets } from './limit-waiting-sockets.ts';
import type { Door } from './limits/open-door.ts';
import { noteRefusals } from './note-refusals.ts';
import { describeCaller, describeOperation, type RequestRecorder } from './record-operations.ts';
import { type SocketExtra, type SocketServerOptions, serveSockets } from './serve-sockets.ts';

export interface SubscriptionServerOptions
  extends Omit<SocketServerOptions, 'mostSockets' | 'waiting'> {
  schema: GraphQLSchema;
  services: GraphServices;
  door: Door;
  recorder: RequestRecorder;
  /** Whom a request is from. */
  addressOf(request: IncomingMessage): string | null;
  /** How many sockets one user or service token may have open at once. */
  socketsPerUser: number;
  /** What a caller is told of errors. */
  formatEach(errors: readonly GraphQLError[]): GraphQLFormattedError[];
}

type Params = { authorization?: string };
type Connection = SocketContext<Params, SocketExtra>;

/** Of all users together. */
const mostSockets = 5_000;
/** Of one address that have not shown a token; each is closed after 3 s. */
const mostWaiting = 50;
const mostSubscriptions = 50;

/** What a socket that is let in nowhere is closed with; 1013 is "try again later". */
const closeCodes: Record<string, number> = {
  UNAUTHENTICATED: CloseCode.Forbidden,
  RATE_LIMITED: 1013,
};

/** The subscriptions of the graph, over graphql-ws, for sockets that come with a token. */
export function startSubscriptionServer(options: SubscriptionServerOptions) {
  const { schema, services, door, recorder, formatEach } = options;
  const countSocket = limitSocketsPerUser(options.socketsPerUser);
  const waiting = limitWaitingSockets(options.addressOf, mostWaiting);
  const { authenticator, rereadMs: everyMs } = services;
  const ended = closeEndedSockets({ authenticator, everyMs, log: options.log });
  const listeners = new Set<Connection>();
  const contextOf = ({ connectionParams, extra }: Connection) => {
    const userAgent = extra.request.headers['user-agent'];
    const ip = options.addressOf(extra.request);
    const origin = originOf({ ip, userAgent }, randomUUID());
    return new GraphContext(services, origin, bearer(connectionParams?.authorization));
  };
  const protocol = makeServer<Params, SocketExtra>({
    schema,
    async onConnect(connection) {
      const { socket } = connection.extra;
      try {
        const context = contextOf(connection);
        await door.admit(context, undefined);
        const viewer = await context.viewer();
        if (recorder.isOn()) recorder.record(await describeCaller(context), 'socket');
        countSocket(socket, viewer.serviceToken?.id ?? String(viewer.userId));
        ended.watch(socket, viewer);
        waiting.letIn(socket);
        listeners.add(connection);
        socket.once('close', () => listeners.delete(connection));
        return true;
      } catch (error) {
        const [told] = formatEach([asGraphError(error)]);
        const code = closeCodes[String(told?.extensions?.code)] ?? CloseCode.InternalServerError;
        socket.close(code, told?.message);
        return false;
      }
    },
    context: contextOf,
    onSubscribe: async (connection, _id, question) => {
      // This one is among them.
      if (Object.keys(connection.subscriptions).length > mostSubscriptions) return [tooMany];
      try {
        const context = contextOf(connection);
        await door.admit(context, question.query);
        const operation = await door.charge(context, question);
        if (operation && recorder.isOn()) {
          const asked = describeOperation(parse(question.query), question.operationName);
          recorder.record({ ...(await describeCaller(context)), ...asked }, 'operation');
        }
        // Other operations belong on HTTP: nothing would tell when one whose socket is gone is over.
        return operation?.type === 'subscription' ? undefined : [notHere];
      } catch (error) {
        return [asGraphError(error)];
      }
    },
    // What a state's selection read ends with that state, and what it got wrong is told as over HTTP.
    onNext: async (_connection, _id, _payload, args, result) => {
      await (args.contextValue as unknown as GraphContext).endReading();
      const { data = null, errors } = result;
      if (errors) noteRefusals(args.contextValue as unknown as GraphContext, errors);
      return errors ? { data, errors: formatEach(errors) } : { data };
    },
    onError: (connection, _id, _payload, errors) => {
      noteRefusals(contextOf(connection), errors);
      return formatEach(errors);
    },
    // One that never said who it is counts as a request of its address.
    onClose(connection) {
      if (connection.connectionInitReceived) return;
      door.admit(contextOf(connection), undefined).catch(() => undefined);
    },
  });
  const sockets = serveSockets(protocol, { ...options, mostSockets, waiting });
  return {
    /** Who listens at the moment. */
    activity: () => ({
      sockets: sockets.clients.size,
      subscriptions: [...listeners].reduce(
        (sum, { subscriptions }) => sum + Object.keys(subscriptions).length,
        0,
      ),
    }),
    /** Let nobody in any more, and close every socket. */
    async stop(): Promise<void> {
      ended.stop();
      const closed = new Promise((resolve) => sockets.close(resolve));
      for (const socket of sockets.clients) socket.close(1001, 'Going away');
      await closed;
    },
  };
}

const tooMany = new GraphQLError(
  `A WebSocket carries at most ${mostSubscriptions} subscriptions at once; end one, or open another.`,
  { extensions: { code: 'RATE_LIMITED' } },
);
const notHere = new GraphQLError(
  'Only subscriptions are served here; send others over HTTP, to the same address.',
  { extensions: { code: 'BAD_USER_INPUT' } },
);

function asGraphError(error: unknown): GraphQLError {
  const originalError = error as Error;
  return new GraphQLError(originalError.message, { originalError });
}
