import type { GraphQLField } from 'graphql';
import { Extensions } from 'type-graphql';

/**
 * Declare that a field at the root takes a password, a code or a token, and counts its tries: an operation tries one
 * such mutation, whatever its aliases.
 */
export function TakesCredentials(): MethodDecorator {
  return Extensions({ takesCredentials: true });
}

export function takesCredentials(field: GraphQLField<unknown, unknown> | undefined): boolean {
  return field?.extensions.takesCredentials === true;
}
