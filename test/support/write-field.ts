import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLNamedOutputType,
  type GraphQLOutputType,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import { toGlobalId } from '../../src/domain/global-id.ts';

type Field = GraphQLField<unknown, unknown>;
type Argument = Pick<GraphQLArgument, 'name' | 'type' | 'defaultValue'>;

/** Ids by where they stand in the arguments: `id`, `input.clientId`. */
export type IdsByPath = Readonly<Record<string, string>>;

const nobody = toGlobalId('Client', '00000000-0000-4000-8000-000000000000');

const texts: Record<string, string> = {
  String: '"some text"',
  Boolean: 'false',
  Int: '1',
  Float: '1',
  LocalDate: '"2026-01-01"',
  DateTimeISO: '"2100-01-01T00:00:00.000Z"',
  Decimal: '"1"',
};

/** A field as it is asked: with as few arguments as can be sent, and those that hold the ids. */
export function writeField({ name, args, type }: Field, ids: IdsByPath = {}, depth = 0): string {
  const given = writeArguments(args, ids, '');
  return `${name}${given && `(${given})`} ${writeSelection(type, depth)}`;
}

/** Every place of ids in a field's arguments. */
export function idPaths(args: readonly Argument[], path = ''): string[] {
  return args.flatMap((arg) => {
    const type = getNamedType(arg.type);
    if (type.name === 'ID') return [path + arg.name];
    return isInputObjectType(type)
      ? idPaths(Object.values(type.getFields()), `${path}${arg.name}.`)
      : [];
  });
}

/** Whether a field can be asked without the id at a path. */
export function isOptional(args: readonly Argument[], path: string): boolean {
  const [name, ...rest] = path.split('.');
  const arg = args.find((each) => each.name === name);
  const type = arg && getNamedType(arg.type);
  if (!arg || !isRequired(arg)) return true;
  return isInputObjectType(type) && isOptional(Object.values(type.getFields()), rest.join('.'));
}

function writeArguments(args: readonly Argument[], ids: IdsByPath, path: string): string {
  const isGiven = (place: string) =>
    Object.keys(ids).some((each) => each === place || each.startsWith(`${place}.`));
  return args
    .filter((arg) => isRequired(arg) || isGiven(path + arg.name))
    .map(({ name, type }) => `${name}: ${writeValue(type, ids, path + name)}`)
    .join(', ');
}

function isRequired({ type, defaultValue }: Argument): boolean {
  return isNonNullType(type) && defaultValue === undefined;
}

/** Anything of a type that can be sent, and as little of it as can be. */
function writeValue(type: GraphQLInputType, ids: IdsByPath, path: string): string {
  if (isNonNullType(type)) return writeValue(type.ofType, ids, path);
  if (isListType(type)) return `[${writeValue(type.ofType, ids, path)}]`;
  if (type.name === 'ID') return JSON.stringify(ids[path] ?? nobody);
  // The role that all who may give any may give.
  if (type.name === 'Role') return 'CLIENT';
  if (isEnumType(type)) return String(type.getValues()[0]?.name);
  if (type.name === 'DateRangeInput') return '{ from: "2026-01-01", to: "2026-01-31" }';
  if (isInputObjectType(type)) {
    return `{${writeArguments(Object.values(type.getFields()), ids, `${path}.`)}}`;
  }
  if (path.endsWith('email')) return '"somebody@agency.example"';
  const text = texts[type.name];
  if (!text) throw new Error(`The tests know no ${type.name}`);
  return text;
}

/** What was written of a type, by depth: most are asked for again and again. */
const selections = new WeakMap<GraphQLNamedOutputType, string[]>();

/** All that needs no argument, so many levels deep. */
function writeSelection(type: GraphQLOutputType, depth: number): string {
  const named = getNamedType(type);
  if (isLeafType(named)) return '';
  const written = selections.get(named) ?? [];
  selections.set(named, written);
  written[depth] ??= selectFields(named, depth);
  return written[depth];
}

function selectFields(named: GraphQLNamedOutputType, depth: number): string {
  const fields = isObjectType(named) && depth > 0 ? Object.values(named.getFields()) : [];
  const asked = fields
    .filter(({ args }) => !args.some(isRequired))
    .filter((field) => depth > 1 || isLeafType(getNamedType(field.type)))
    .map((field) => `${field.name} ${writeSelection(field.type, depth - 1)}`);
  return `{ __typename ${asked.join(' ')} }`;
}
