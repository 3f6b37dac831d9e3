import {
  type ASTNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  visit,
} from 'graphql';
import { badInput } from '../../domain/errors.ts';
import { takesCredentials } from './takes-credentials.ts';

/** What a document may have, as it is written: a fragment counts once, however often it is spread. */
export const documentLimits = {
  tokens: 4000,
  /** Fields within fields; what introspection asks has 15. */
  depth: 25,
  aliases: 30,
  directives: 50,
  /** Of one field, fragment or operation. */
  directivesAtOnePlace: 3,
  fragments: 50,
  /** Of one field, in one selection. */
  repetitions: 10,
  /** Of one operation. */
  rootFields: 20,
};

/** The fragments of a document, by name. */
export type Fragments = Readonly<Record<string, FragmentDefinitionNode>>;

/**
 * Refuse what nobody needs to ask, before anything else is done with it. Whether the document is valid is
 * found out later: unknown names and circles are passed over.
 *
 * @throws {DomainError} BAD_USER_INPUT.
 */
export function checkDocument(schema: GraphQLSchema, document: DocumentNode): void {
  const fragments = fragmentsOf(document);
  refuseOver('fragments', Object.keys(fragments).length, 'fragments');
  countNodes(document);
  refuseOver('depth', depthOf(document, fragments), 'levels');
  const mutations = schema.getMutationType()?.getFields() ?? {};
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
    const fields = rootFields(definition, fragments);
    refuseOver('rootFields', fields.length, 'fields at its root');
    const tries = fields.filter(({ name }) => takesCredentials(mutations[name.value]));
    if (tries.length > 1) throw badInput('An operation tries one password, code or token.');
  }
}

export function fragmentsOf({ definitions }: DocumentNode): Record<string, FragmentDefinitionNode> {
  const fragments: Record<string, FragmentDefinitionNode> = Object.create(null);
  for (const definition of definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments[definition.name.value] = definition;
  }
  return fragments;
}

function refuseOver(limit: keyof typeof documentLimits, count: number, noun: string): void {
  const most = documentLimits[limit];
  if (count > most) throw badInput(`A document has at most ${most} ${noun}.`);
}

function countNodes(document: DocumentNode): void {
  let aliases = 0;
  let directives = 0;
  visit(document, {
    enter(node: ASTNode) {
      const count = ('directives' in node && node.directives?.length) || 0;
      directives += count;
      refuseOver('directivesAtOnePlace', count, 'directives at one place');
      if (node.kind === Kind.FIELD && node.alias) aliases++;
      if (node.kind === Kind.SELECTION_SET) {
        refuseOver('repetitions', mostOften(node), 'times the same field in one selection');
      }
    },
  });
  refuseOver('aliases', aliases, 'aliases');
  refuseOver('directives', directives, 'directives');
}

/** How often the field is there that is there most often, or the fragment. */
function mostOften({ selections }: SelectionSetNode): number {
  const counts = new Map<string, number>();
  for (const selection of selections) {
    if (selection.kind === Kind.INLINE_FRAGMENT) continue;
    const key =
      selection.kind === Kind.FIELD
        ? (selection.alias ?? selection.name).value
        : `...${selection.name.value}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return Math.max(0, ...counts.values());
}

function depthOf(document: DocumentNode, fragments: Fragments): number {
  const known = new Map<string, number>();
  const ofFragment = (name: string): number => {
    const depth = known.get(name);
    if (depth !== undefined) return depth;
    // Of one that is within itself.
    known.set(name, 0);
    known.set(name, ofSet(fragments[name]?.selectionSet));
    return known.get(name) ?? 0;
  };
  const ofSet = (set: SelectionSetNode | undefined): number => {
    let deepest = 0;
    for (const selection of set?.selections ?? []) {
      const depth =
        selection.kind === Kind.FRAGMENT_SPREAD
          ? ofFragment(selection.name.value)
          : ofSet(selection.selectionSet) + (selection.kind === Kind.FIELD ? 1 : 0);
      deepest = Math.max(deepest, depth);
    }
    return deepest;
  };
  return Math.max(
    0,
    ...document.definitions.map((each) => ('selectionSet' in each ? ofSet(each.selectionSet) : 0)),
  );
}

/** The fields at the root of an operation, those of its fragments among them. */
export function rootFields(operation: OperationDefinitionNode, fragments: Fragments): FieldNode[] {
  const fields: FieldNode[] = [];
  const seen = new Set<string>();
  const collect = (set: SelectionSetNode | undefined): void => {
    for (const selection of set?.selections ?? []) {
      if (selection.kind === Kind.FIELD) fields.push(selection);
      else if (selection.kind === Kind.INLINE_FRAGMENT) collect(selection.selectionSet);
      else if (!seen.has(selection.name.value)) {
        seen.add(selection.name.value);
        collect(fragments[selection.name.value]?.selectionSet);
      }
    }
  };
  collect(operation.selectionSet);
  return fields;
}
