import {
  type FieldNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isInterfaceType,
  isLeafType,
  isListType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  SchemaMetaFieldDef,
  type SelectionSetNode,
  TypeMetaFieldDef,
} from 'graphql';
import { askedSize, type Sizes } from './asked-size.ts';
import { type Fragments, rootFields } from './check-document.ts';

/**
 * What fields cost beside what is selected of them, in points: a point is about a row that is read. Fields that
 * lead to something cost 1, others nothing.
 */
const ownPrices: Record<string, number> = {
  ...{ node: 0, pageInfo: 0, totalCount: 5 },
  ...{ topCampaigns: 100, topStrategies: 200, topPlacements: 500, topCreatives: 1000 },
  ...{ metricRows: 500, provenance: 20, changesSince: 100, health: 50, testFeed: 500 },
  // All answers of an audit are read.
  ...{ results: 100, sources: 100, recommendations: 500 },
  ...{ platformStatistics: 50, compareAeoAudits: 200 },
  // Filters of entries that no index has both of, and all days of a client.
  ...{ auditLog: 100, entityHistory: 20, previewRateCard: 500 },
  // Jobs that read all that there is.
  ...{ recomputeSpend: 500, generateSummaries: 500, exportClientData: 1000, exportUserData: 1000 },
  // A file is read, and compared with days of facts.
  ...{ createUpload: 500, previewUpload: 500, confirmUpload: 500 },
};

/** An order other than the usual one looks at all that there is, not at a page of it. */
const priceOfOrder = 100;

/** What a mutation costs beside: a transaction, and an entry in the audit log. */
const priceOfChange = 10;

/** How long lists are taken to be that have no pages. */
const usualLength = 10;
const usualLengths: Record<string, number> = { timeSeries: 60, gaps: 30 };

/** The fields of a page that there are as many of as its size says. */
const rowFields = new Set(['edges', 'nodes', 'rows']);

/**
 * What an operation may cost at most: the sizes of its lists, multiplied down.
 *
 * Whether it is valid is found out elsewhere: unknown names and circles cost nothing.
 *
 * @param sizes what its variables say.
 * @throws {DomainError} BAD_USER_INPUT: a list is larger than any may be.
 */
export function priceOperation(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  fragments: Fragments,
  sizes: Sizes,
): number {
  const ofFragments = new Map<string, number>();

  /** @param size of the page that the fields are of. */
  const ofSet = (set: SelectionSetNode, type: GraphQLNamedType, size: number): number => {
    let price = 0;
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) price += ofField(selection, type, size);
      else if (selection.kind === Kind.FRAGMENT_SPREAD)
        price += ofFragment(selection.name.value, size);
      else {
        const name = selection.typeCondition?.name.value;
        price += ofSet(selection.selectionSet, (name && schema.getType(name)) || type, size);
      }
    }
    return price;
  };

  const ofFragment = (name: string, size: number): number => {
    const key = `${name} ${size}`;
    const known = ofFragments.get(key);
    if (known !== undefined) return known;
    // Of one that is within itself.
    ofFragments.set(key, 0);
    const fragment = fragments[name];
    const type = fragment && schema.getType(fragment.typeCondition.name.value);
    const price = type ? ofSet(fragment.selectionSet, type, size) : 0;
    ofFragments.set(key, price);
    return price;
  };

  const ofField = (node: FieldNode, parent: GraphQLNamedType, pageSize: number): number => {
    const field = findField(parent, node.name.value);
    if (!field) return 0;
    const { name, args } = field;
    const type = getNamedType(field.type);
    const order = node.arguments?.some((each) => each.name.value === 'orderBy') ? priceOfOrder : 0;
    const size = askedSize(node, args, sizes);
    const below = node.selectionSet ? ofSet(node.selectionSet, type, size ?? 1) : 0;
    // Looked up by their ids, nodes are no page.
    const isRow = size === undefined && rowFields.has(name);
    const own = ownPrices[name] ?? (isRow || isLeafType(type) ? 0 : 1);
    const isList = isRow || (isListType(getNullableType(field.type)) && !isLeafType(type));
    const length = isRow ? pageSize : (size ?? usualLengths[name] ?? usualLength);
    return own + order + (isList ? length * (1 + below) : below);
  };

  const root = schema.getRootType(operation.operation);
  if (!root) return 0;
  const changes = operation.operation === 'mutation' ? rootFields(operation, fragments).length : 0;
  return ofSet(operation.selectionSet, root, 1) + changes * priceOfChange;
}

function findField(parent: GraphQLNamedType, name: string) {
  if (name === SchemaMetaFieldDef.name) return SchemaMetaFieldDef;
  if (name === TypeMetaFieldDef.name) return TypeMetaFieldDef;
  return isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[name] : undefined;
}
