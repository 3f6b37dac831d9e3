import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';
import {
  GraphQLBigInt,
  GraphQLDateTimeISO,
  GraphQLJSONObject,
  GraphQLLocalDate,
} from 'graphql-scalars';
import { plainDecimal } from '../domain/plain-decimal.ts';

const decimalText = /^-?\d+(\.\d+)?$/;

function readDecimal(value: unknown): string {
  if (typeof value === 'string' && decimalText.test(value)) return plainDecimal(value);
  throw new GraphQLError(`A Decimal is a text such as "12.50", not ${JSON.stringify(value)}`);
}

/** An exact decimal as text: JSON's numbers would round it. */
export const DecimalScalar = new GraphQLScalarType({
  name: 'Decimal',
  description: 'An exact decimal number, as text: `"1234.5"`.',
  serialize: readDecimal,
  parseValue: readDecimal,
  parseLiteral(node) {
    const isNumber = node.kind === Kind.INT || node.kind === Kind.FLOAT;
    return readDecimal(isNumber || node.kind === Kind.STRING ? node.value : undefined);
  },
});

/** A scalar whose refusals say how it is written: who calls with another spelling cannot guess it. */
function spelt(scalar: GraphQLScalarType, spelling: string): GraphQLScalarType {
  const config = scalar.toConfig();
  const read =
    <T>(parse: (input: T) => unknown, written: (input: T) => unknown) =>
    (input: T) => {
      try {
        return parse(input);
      } catch {
        const text = JSON.stringify(written(input))?.slice(0, 80);
        throw new GraphQLError(`${text} is no ${scalar.name}: write ${spelling}.`);
      }
    };
  return new GraphQLScalarType({
    ...config,
    parseValue: read(config.parseValue, (value) => value),
    parseLiteral: read(config.parseLiteral, (node) => ('value' in node ? node.value : node.kind)),
  });
}

/** A calendar day, `YYYY-MM-DD`; it has no time zone and is never converted. What we tell is one already. */
export const DateScalar = new GraphQLScalarType({
  ...spelt(GraphQLLocalDate, 'a day as 2026-11-21').toConfig(),
  serialize: String,
});
/** An instant, ISO 8601 in UTC. */
export const DateTimeScalar = spelt(GraphQLDateTimeISO, 'an instant as 2026-11-21T05:00:00Z');
/** An object whose fields differ from case to case. */
export const JsonScalar = GraphQLJSONObject;
/** A whole number that may pass 2^31. */
export const BigIntScalar = GraphQLBigInt;
