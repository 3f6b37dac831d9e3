/**
 * SQL of what the figures of a client's days are made of, as `versions`: the version of each slice by feed and day, its
 * state where it has no data, and the number of merges. It differs whenever the figures may. Source: domain rule 19.
 *
 * @param client SQL of the client's id. @param from SQL of the first day. @param to SQL of the last one.
 */
export function sliceVersions(client: string, from: string, to: string): string {
  const ofPeriod = `client_id = ${client} and date between ${from} and ${to}`;
  return `
    select coalesce(jsonb_object_agg(key, state), '{}') as versions
    from (
      select feed_id || ' ' || date as key,
        case when version > 0 then to_jsonb(version) else to_jsonb(status) end as state
      from slices where ${ofPeriod}
      union all
      select 'merges', to_jsonb(count(*)) from fact_changes where ${ofPeriod} and cause = 'MERGE'
      having count(*) > 0
    ) s`;
}
