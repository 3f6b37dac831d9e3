/** How much of an organization's rows a viewer who is limited to some clients sees of a table. */
type ClientScope =
  /** Those whose `client_id` (or other named column) is among the viewer's clients. */
  | { clientColumn: string }
  /** All of the organization's. */
  | 'ORGANIZATION'
  /** None. */
  | 'UNLIMITED_ONLY';

const applicationRoles = 'mediagraph_server, mediagraph_worker';

/**
 * Row-level security of one table, forced on its owner too.
 *
 * The settings are read in scalar subqueries, so that they are evaluated once a statement, not once a row.
 */
export function tenantTable(
  table: string,
  scope: ClientScope,
  { organizationColumn = 'organization_id', grants = 'select, insert, update, delete' } = {},
): string {
  const sameOrganization = `${organizationColumn} = (select app_organization())`;
  const unlimited = '(select app_clients()) is null';
  const visible =
    scope === 'ORGANIZATION'
      ? sameOrganization
      : scope === 'UNLIMITED_ONLY'
        ? `${sameOrganization} and ${unlimited}`
        : `${sameOrganization} and (${unlimited} or ${scope.clientColumn} = any ((select app_clients())::uuid[]))`;
  return `
    alter table ${table} enable row level security;
    alter table ${table} force row level security;
    create policy tenant on ${table} to ${applicationRoles} using (${visible}) with check (${visible});
    grant ${grants} on ${table} to ${applicationRoles};
  `;
}
