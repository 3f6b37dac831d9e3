/** A list of uuids as one SQL parameter, to be cast to `uuid[]`; the ORM would spell out a list. */
export function arrayLiteral(ids: readonly string[]): string {
  return `{${ids.join(',')}}`;
}

/**
 * The same, with SQL of it.
 *
 * Of a list of one the planner is told as much: of a parameter it supposes ten, and would plan a statement anew each
 * time because it turns out to be cheaper.
 *
 * @param place the parameter's, such as `$1`.
 */
export function uuidList(
  ids: readonly string[],
  place: string,
): { sql: string; parameter: string } {
  const [only, ...others] = ids;
  return only && others.length === 0
    ? { sql: `array[${place}::uuid]`, parameter: only }
    : { sql: `${place}::uuid[]`, parameter: arrayLiteral(ids) };
}
