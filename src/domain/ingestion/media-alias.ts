/** The channel that rows came through; entities belong to its client and, at the top, to its source. */
export interface RowOrigin {
  organizationId: string;
  clientId: string;
  source: string;
}

/** SQL of {@link RowOrigin} as the row `origin`, with its parameters. */
export const originRow =
  'select ?::uuid as organization_id, ?::uuid as client_id, ?::text as source';
export function originParameters({ organizationId, clientId, source }: RowOrigin): string[] {
  return [organizationId, clientId, source];
}

/**
 * SQL of a look-up of the entity `a` that a name means within its parent; null where nobody has named it.
 *
 * Nothing is known of temporary tables and scratch: left to itself the planner would walk the client's whole hierarchy.
 * What must be a look-up is written as one. Below `origin`.
 */
export function aliasOf(parent: string, key: string): string {
  return `left join lateral (
      select entity_id from media_aliases
      where parent_id = ${parent} and key = ${key} and source = (select source from origin)
      offset 0
    ) a on true`;
}
