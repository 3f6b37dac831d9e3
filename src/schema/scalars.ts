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

/** A calendar day, `YYYY-MM-DD`; it has no time zone and is never converted. What we tell is one already. */
export const DateScalar = new GraphQLScalarType({
  ...GraphQLLocalDate.toConfig(),
  serialize: String,
});
/** An instant, ISO 8601 in UTC. */
export const DateTimeScalar = GraphQLDateTimeISO;
/** An object whose fields differ from case to case. */
export const JsonScalar = GraphQLJSONObject;
/** A whole number that may pass 2^31. */
export const BigIntScalar = GraphQLBigInt;
