import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import {
  type ExecutionResult,
  execute,
  type GraphQLSchema,
  getOperationAST,
  type OperationDefinitionNode,
} from 'graphql';
import { loadConfig } from '../../src/config.ts';
import { connectors } from '../../src/connectors/registry.ts';
import type { Viewer } from '../../src/domain/identity/viewer.ts';
import type { CredentialPlatforms } from '../../src/domain/platform-credential/credential-platform.ts';
import type { RateLimiter } from '../../src/domain/rate-limit.ts';
import { retentionPolicy } from '../../src/domain/retention/retention-policy.ts';
import { auditPolicyOf } from '../../src/infra/audit-policy-of.ts';
import { createDatabase } from '../../src/infra/database.ts';
import { createHealthMonitor } from '../../src/infra/health/health-monitor.ts';
import { createLaterWork } from '../../src/infra/later-work.ts';
import { createLogger } from '../../src/infra/logger.ts';
import { createObjectStore } from '../../src/infra/storage.ts';
import { untraced } from '../../src/infra/tracing.ts';
import { connectReceivers } from '../../src/infra/webhooks/connect-receivers.ts';
import { buildGraph } from '../../src/resolvers/build-schema.ts';
import { GraphContext } from '../../src/resolvers/context.ts';
import { answerQuery } from '../../src/resolvers/execution/answer-query.ts';
import { createJobRunReader } from '../../src/resolvers/job-run-reader.ts';
import type { Agency } from './agency.ts';
import { unwatched } from './security-log.ts';

const unlimited: RateLimiter = { consume: async () => undefined, giveBack: async () => undefined };
const origin = { requestId: 'test', ip: '127.0.0.1', userAgent: null };
const log = createLogger('test', 'silent');
const auditPolicy = auditPolicyOf(loadConfig({}));
const retention = retentionPolicy([13, 37, 30, 90, 90]);
/** Built once for the files of a process: it is as it is. */
let building: Promise<GraphQLSchema> | undefined;

/** The graph without HTTP, as the server's role: what it answers, and what it asked of the database. */
export async function createGraph(
  agency: Agency,
  rateLimiter = unlimited,
  platforms: CredentialPlatforms = new Map(),
  { receivers } = connectReceivers({ WEBHOOK_STAND_IN: undefined }),
) {
  const statements: string[] = [];
  const database = await createDatabase({
    url: agency.urls.serverUrl,
    poolSize: 3,
    onStatement: (sql) => statements.push(sql),
  });
  const store = createObjectStore(agency.s3);
  const later = createLaterWork(createLogger('test', 'error'));
  building ??= buildGraph();
  const schema = await building;

  const contextOf = (viewer: Viewer | null) => {
    const authenticate = async () => viewer as Viewer;
    return new GraphContext(
      {
        database,
        store,
        tracing: untraced,
        health: createHealthMonitor([], log),
        sources: connectors,
        readJobRun: createJobRunReader({ database, authenticator: { authenticate } }),
        rereadMs: 200,
        announcer: { announce: async () => {}, listen: () => () => {}, close: async () => {} },
        authenticator: {
          authenticate,
          openReading: () => null,
          signIn: () => Promise.reject(new Error('not here')),
          signInWithTicket: () => Promise.reject(new Error('not here')),
          refresh: () => Promise.reject(new Error('not here')),
          findEnded: async () => [],
        },
        cipher: agency.cipher,
        platforms,
        auditPolicy,
        receivers,
        retention,
        rateLimiter,
        security: unwatched,
        send: async () => undefined,
        doLater: later.do,
      },
      origin,
      viewer && 'token',
    );
  };
  return {
    schema,
    contextOf,
    /** Ask, as the server does; null asks without a token. @returns the result, its statements (transaction control left out), in order. */
    async run<Result, Variables extends object>(
      viewer: Viewer | null,
      document: TypedDocumentNode<Result, Variables>,
      variables: Variables,
    ): Promise<{ result: ExecutionResult & { data?: Result | null }; statements: string[] }> {
      statements.length = 0;
      const context = contextOf(viewer);
      const variableValues = variables as Record<string, unknown>;
      const operation = getOperationAST(document) as OperationDefinitionNode;
      const asked = { document, operation, variables: variableValues, context };
      const text = await answerQuery(schema, asked);
      const result =
        text === null
          ? await execute({ schema, document, contextValue: context, variableValues })
          : { data: JSON.parse(text) };
      await context.close();
      const read = statements.filter((sql) => /\b(select|insert|update|delete)\b/i.test(sql));
      return { result: result as never, statements: read };
    },
    /** What was put off until after an answer. */
    settled: () => later.done(),
    async close() {
      store.close();
      await database.close();
    },
  };
}
