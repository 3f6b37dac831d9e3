import {
  type DocumentNode,
  type GraphQLSchema,
  getVariableValues,
  type OperationDefinitionNode,
} from 'graphql';
import { answerPlan } from './answer-plan.ts';
import { planOperation } from './plan-operation.ts';

/** An operation of a document that was validated. */
interface Asked {
  document: DocumentNode;
  operation: OperationDefinitionNode;
  /** As they were given. */
  variables: Readonly<Record<string, unknown>> | undefined;
  context: object;
  /** Told why its plan could not answer it. */
  onFailure?: (error: unknown) => void;
}

/**
 * Answer a query by its plan.
 *
 * @returns the data as JSON; null where it is for graphql-js to answer: what fails, what asks about the schema,
 *   mutations.
 */
export async function answerQuery(
  schema: GraphQLSchema,
  { document, operation, variables: given = {}, context, onFailure }: Asked,
): Promise<string | null> {
  const definitions = operation.variableDefinitions ?? [];
  const { coerced: variables } = getVariableValues(schema, definitions, given);
  const plan = variables && planOperation(schema, document, operation, variables);
  if (!plan) return null;
  return answerPlan(plan, { schema, variables, context }).catch((error) => {
    onFailure?.(error);
    return null;
  });
}
