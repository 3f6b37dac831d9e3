import type { GraphQLFormattedError } from 'graphql';

/** Leave out of an error which names there would have been: they tell a schema that is not shown. */
export function hideSuggestions(error: GraphQLFormattedError): GraphQLFormattedError {
  return { ...error, message: error.message.replace(/ Did you mean .*\?$/s, '') };
}
