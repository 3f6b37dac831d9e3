import {
  type DocumentNode,
  type GraphQLSchema,
  getOperationAST,
  Kind,
  type OperationDefinitionNode,
  parse,
  valueFromASTUntyped,
} from 'graphql';
import type { Sizes } from './asked-size.ts';
import { checkDocument, documentLimits, fragmentsOf } from './check-document.ts';
import { priceOperation } from './price-operation.ts';

/** What is asked, before anything is known of it. */
export interface Question {
  query: string;
  operationName?: string | null | undefined;
  variables?: Readonly<Record<string, unknown>> | null | undefined;
}

/** An operation of a document that is within its limits. */
export interface PricedOperation {
  type: OperationDefinitionNode['operation'];
  /** What it may cost with these variables, in points. @throws {DomainError} BAD_USER_INPUT. */
  priceWith(variables: Question['variables']): number;
}

/** A document that is within its limits. */
export interface ExaminedDocument {
  /** The one of a name, or the only one. */
  operationOf(name: Question['operationName']): PricedOperation | undefined;
}

/** In characters, all together: what is kept of a document is some 50 times as large. */
const mostRemembered = 1_000_000;
/** In characters: longer documents are examined each time. */
const longestRemembered = 20_000;

/**
 * Examines documents, each once while it is remembered.
 *
 * @returns finds a document; undefined where it cannot be read, which whoever runs it tells.
 *   @throws {DomainError} BAD_USER_INPUT: it is over a limit.
 */
export function createExaminer(schema: GraphQLSchema) {
  const remembered = new Map<string, ExaminedDocument>();
  let length = 0;
  return (query: string): ExaminedDocument | undefined => {
    const known = remembered.get(query);
    if (known) return known;
    const document = read(query);
    if (!document) return undefined;
    checkDocument(schema, document);
    const examined = priceDocument(schema, document);
    if (query.length <= longestRemembered) {
      // Dropped all at once: they come back with their next request.
      if (length + query.length > mostRemembered) {
        remembered.clear();
        length = 0;
      }
      remembered.set(query, examined);
      length += query.length;
    }
    return examined;
  };
}

function read(query: string): DocumentNode | undefined {
  try {
    return parse(query, { noLocation: true, maxTokens: documentLimits.tokens });
  } catch {
    return undefined;
  }
}

function priceDocument(schema: GraphQLSchema, document: DocumentNode): ExaminedDocument {
  const fragments = fragmentsOf(document);
  const operations = document.definitions.filter(
    (each): each is OperationDefinitionNode => each.kind === Kind.OPERATION_DEFINITION,
  );
  const known = new Map(
    operations.map((operation) => {
      const price = (sizes: Sizes) => priceOperation(schema, operation, fragments, sizes);
      return [
        operation,
        { type: operation.operation, priceWith: priceByVariables(operation, price) },
      ];
    }),
  );
  return {
    operationOf(name) {
      const operation = getOperationAST(document, name);
      return operation ? known.get(operation) : undefined;
    },
  };
}

/** Works a price out once for the same sizes: nothing else of the variables changes it. */
function priceByVariables(
  { variableDefinitions = [] }: OperationDefinitionNode,
  price: (sizes: Sizes) => number,
): PricedOperation['priceWith'] {
  const defaults = variableDefinitions.map(
    ({ variable, defaultValue }) =>
      [variable.name.value, defaultValue && valueFromASTUntyped(defaultValue)] as const,
  );
  const sizes = new Map<string, number | undefined>();
  let known: number | undefined;
  return (variables) => {
    for (const [name, usual] of defaults) {
      const value = variables?.[name];
      // Null is a value: the default does not stand for it.
      const size = sizeIn(value === undefined ? usual : value);
      if (sizes.get(name) !== size) known = undefined;
      sizes.set(name, size);
    }
    known ??= price(sizes);
    return known;
  };
}

function sizeIn(value: unknown): number | undefined {
  if (Array.isArray(value)) return value.length;
  return typeof value === 'number' ? value : undefined;
}
