import { type FieldNode, type GraphQLArgument, Kind, type ValueNode } from 'graphql';
import { badInput } from '../../domain/errors.ts';

/** The variables of an operation that are a number, or how many there are of a list. */
export type Sizes = ReadonlyMap<string, number | undefined>;

/** How many rows a list has where nothing is said. */
const usualPage = 50;

/** No list has more rows, and no more can be named at once. */
const largestList = 1000;

/**
 * How many rows a field asks for: by `first`, `last` or `ids`, written or in a variable.
 *
 * @returns undefined where it has no such argument.
 * @throws {DomainError} BAD_USER_INPUT: more than any list may have.
 */
export function askedSize(
  { arguments: given = [] }: FieldNode,
  args: readonly GraphQLArgument[],
  sizes: Sizes,
): number | undefined {
  const has = (name: string) => args.some((each) => each.name === name);
  const names = has('first') ? ['first', 'last'] : has('ids') ? ['ids'] : [];
  if (names.length === 0) return undefined;
  const asked = given.flatMap(({ name, value }) => {
    const size = names.includes(name.value) ? countOf(value, sizes) : undefined;
    if (size !== undefined && size > largestList) {
      throw badInput(`${name.value} must be at most ${largestList}.`, name.value);
    }
    return size ?? [];
  });
  if (asked.length > 0) return Math.max(1, ...asked);
  const usual = args.find(({ name }) => name === 'first')?.defaultValue;
  return typeof usual === 'number' ? usual : usualPage;
}

/** A number, or how many there are of a list; undefined for anything else, which is refused elsewhere. */
function countOf(value: ValueNode, sizes: Sizes): number | undefined {
  if (value.kind === Kind.LIST) return value.values.length;
  if (value.kind === Kind.INT || value.kind === Kind.FLOAT) return Number(value.value);
  return value.kind === Kind.VARIABLE ? sizes.get(value.name.value) : undefined;
}
