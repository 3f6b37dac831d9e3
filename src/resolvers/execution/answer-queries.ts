import type { ApolloServerPlugin } from '@apollo/server';
import type { FormattedExecutionResult, GraphQLSchema } from 'graphql';
import type { Log } from '../../jobs/log.ts';
import type { GraphContext } from '../context.ts';
import type { Question } from '../limits/examine-document.ts';
import { answerQuery } from './answer-query.ts';

/** Data that are JSON already. */
class JsonText {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** JSON of an answer, not indented: programs read it. */
export function stringifyResult(answer: FormattedExecutionResult): string {
  return answer.data instanceof JsonText ? `{"data":${answer.data.text}}` : JSON.stringify(answer);
}

/**
 * Answer queries by their plans where that can be done, and leave the rest to graphql-js.
 *
 * A plan that fails where graphql-js does not is our mistake: callers do not notice it, so that it is logged.
 *
 * @param askedTwice told of a query whose plan failed, which is worked out a second time.
 */
export function answerQueries(
  schema: GraphQLSchema,
  log: Pick<Log, 'error'>,
  askedTwice: (context: GraphContext, question: Question) => void,
): ApolloServerPlugin<GraphContext> {
  return {
    async requestDidStart() {
      let failure: unknown;
      return {
        async responseForOperation({ document, operation, request, contextValue, response }) {
          // Despite its type, there is none where the document has not the one that is asked for.
          if (!operation) return null;
          const { variables } = request;
          const onFailure = (error: unknown) => {
            failure = error;
          };
          const asked = { document, operation, variables, context: contextValue, onFailure };
          const text = await answerQuery(schema, asked);
          if (failure) askedTwice(contextValue, { ...request, query: request.query ?? '' });
          if (text === null) return null;
          const data = new JsonText(text) as unknown as Record<string, unknown>;
          return { http: response.http, body: { kind: 'single', singleResult: { data } } };
        },
        async willSendResponse({ response: { body } }) {
          if (!failure || (body.kind === 'single' && body.singleResult.errors)) return;
          log.error({ err: failure }, 'a query that can be answered was not by its plan');
        },
      };
    },
  };
}
