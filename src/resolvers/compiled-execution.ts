import {
  type DocumentNode,
  type ExecutionResult,
  execute,
  GraphQLError,
  GraphQLScalarType,
  GraphQLSchema,
  getOperationAST,
  getVariableValues,
  Kind,
  visit,
} from 'graphql';
import { compileQuery, isCompiledQuery } from 'graphql-jit';
import type { GraphContext } from './context.ts';

/** A valid operation that is to be executed. */
interface Operation {
  /** Tells documents apart. */
  documentHash: string;
  document: DocumentNode;
  operationName: string | null;
  variables: Record<string, unknown> | undefined;
  context: GraphContext;
}

type Execute = (operation: Operation) => ExecutionResult | Promise<ExecutionResult>;

const mostKept = 500;

/**
 * Executes operations; queries that come again are compiled to functions of their own, which takes some
 * milliseconds once and then executes large answers several times as fast as graphql-js.
 */
export function createExecutor(schema: GraphQLSchema): Execute {
  const schemas = { given: schema, compiled: withCoerced(schema) };
  const known = new Map<string, Execute | null>();
  const interpret: Execute = ({ document, operationName, variables, context }) =>
    execute({ schema, document, operationName, variableValues: variables, contextValue: context });
  return (operation) => {
    const key = `${operation.documentHash} ${operation.operationName}`;
    const executeIt = known.get(key);
    if (executeIt) return executeIt(operation);
    // What never comes again is not worth compiling.
    if (executeIt === undefined) keep(known, key, null);
    else keep(known, key, compile(schemas, operation) ?? interpret);
    return (known.get(key) ?? interpret)(operation);
  };
}

/** Stands for the types of variables: graphql-js has made their values what arguments take before. */
const coerced = new GraphQLScalarType({ name: 'Coerced' });
const coercedType = {
  kind: Kind.NAMED_TYPE,
  name: { kind: Kind.NAME, value: coerced.name },
} as const;

/** The schema with that type: graphql-jit's own reading of variables knows no defaults within inputs. */
function withCoerced(schema: GraphQLSchema): GraphQLSchema {
  const config = schema.toConfig();
  return new GraphQLSchema({ ...config, types: [...config.types, coerced], assumeValid: true });
}

function compile(
  schemas: { given: GraphQLSchema; compiled: GraphQLSchema },
  { document, operationName }: Operation,
): Execute | undefined {
  const operation = getOperationAST(document, operationName);
  if (operation?.operation !== 'query') return undefined;
  const definitions = operation.variableDefinitions ?? [];
  const untyped = visit(document, {
    VariableDefinition: ({ defaultValue: _, ...definition }) => ({
      ...definition,
      type: coercedType,
    }),
  });
  const compiled = compileQuery(schemas.compiled, untyped, operationName ?? '', {
    disablingCapturingStackErrors: true,
  });
  if (!isCompiledQuery(compiled)) return undefined;
  return async ({ context, variables = {} }) => {
    const { errors, coerced: values } = getVariableValues(schemas.given, definitions, variables, {
      maxErrors: 50,
    });
    return errors ? { errors } : withOwnErrors(await compiled.query(undefined, context, values));
  };
}

/** Errors as graphql-js has them: graphql-jit's are of a class of its own. */
function withOwnErrors(result: ExecutionResult): ExecutionResult {
  if (!result.errors) return result;
  const errors = result.errors.map(({ message, locations, path, originalError, extensions }) =>
    Object.assign(new GraphQLError(message, { path, originalError, extensions }), { locations }),
  );
  return { ...result, errors };
}

/** The oldest are dropped: a caller who makes up documents costs a compilation each, and no memory. */
function keep(known: Map<string, Execute | null>, key: string, value: Execute | null): void {
  known.delete(key);
  known.set(key, value);
  const [oldest] = known.keys();
  if (known.size > mostKept && oldest !== undefined) known.delete(oldest);
}
