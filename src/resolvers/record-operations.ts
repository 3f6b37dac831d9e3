import type { ApolloServerPlugin } from '@apollo/server';
import { type DocumentNode, getOperationAST } from 'graphql';
import type { GraphContext } from './context.ts';
import { fragmentsOf, rootFields } from './limits/check-document.ts';

/** What is written down of requests, where somebody has to know later what was done. */
export interface RequestRecorder {
  /** Whether anything is to be. */
  isOn(): boolean;
  record(details: object, message: string): void;
}

/** Names are the caller's: of more than this nobody learns more. */
const longestName = 100;

/**
 * Record every operation over HTTP: who asked, from where, its name and the fields at its root. Never what it was asked
 * with: neither variables nor what is written in the document.
 */
export function recordOperations(recorder: RequestRecorder): ApolloServerPlugin<GraphContext> {
  return {
    async requestDidStart() {
      if (!recorder.isOn()) return;
      return {
        async willSendResponse({ contextValue, document, request, response: { body } }) {
          const errors = (body.kind === 'single' && body.singleResult.errors) || [];
          const codes = errors.map(({ extensions }) => extensions?.code);
          const asked = document && describeOperation(document, request.operationName);
          const caller = await describeCaller(contextValue);
          recorder.record({ ...caller, ...asked, codes }, 'operation');
        },
      };
    },
  };
}

/** Its type, name and root fields; nothing of a document that has not the operation that is asked for. */
export function describeOperation(document: DocumentNode, name: string | null | undefined): object {
  const operation = getOperationAST(document, name);
  if (!operation) return {};
  const fields = rootFields(operation, fragmentsOf(document)).map((field) => field.name.value);
  return {
    type: operation.operation,
    operation: operation.name?.value.slice(0, longestName),
    fields: [...new Set(fields)].map((field) => field.slice(0, longestName)),
  };
}

/** Who asks, as far as a token tells, and from where. */
export async function describeCaller(context: GraphContext): Promise<object> {
  const { origin, token } = context;
  if (token && !context.caller) await context.viewer().catch(() => undefined);
  const { organizationId, userId, session, serviceToken } = context.caller ?? {};
  const who = { organizationId, userId, sessionId: session?.id, serviceTokenId: serviceToken?.id };
  return { ...origin, ...who, hasToken: token !== null };
}
