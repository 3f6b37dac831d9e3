import type { GraphQLField } from 'graphql';
import { Extensions } from 'type-graphql';

/** Declare that a mutation takes a password, a code or a token: an operation tries one, whatever its aliases. */
export function TakesCredentials(): MethodDecorator {
  return Extensions({ takesCredentials: true });
}

export function takesCredentials(field: GraphQLField<unknown, unknown> | undefined): boolean {
  return field?.extensions.takesCredentials === true;
}
