/** A list of uuids as one SQL parameter, to be cast to `uuid[]`; the ORM would spell out a list. */
export function arrayLiteral(ids: readonly string[]): string {
  return `{${ids.join(',')}}`;
}
