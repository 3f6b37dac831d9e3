import type { EntityManager } from '@mikro-orm/postgresql';
import { arrayLiteral } from '../array-literal.ts';
import { readRows } from '../read-rows.ts';

/** A label, and how many campaigns have it. */
export interface UsedLabel {
  label: string;
  campaigns: number;
}

/** The labels of each of many campaigns, in the order of their letters, by campaign id. */
export async function findLabels(
  em: EntityManager,
  campaignIds: readonly string[],
): Promise<Map<string, string[]>> {
  const rows = await readRows<{ campaign_id: string; label: string }>(
    em,
    `select campaign_id, label from campaign_labels where campaign_id = any ($1::uuid[]) order by key`,
    [arrayLiteral(campaignIds)],
  );
  const labels = new Map<string, string[]>(campaignIds.map((id) => [id, []]));
  for (const row of rows) labels.get(row.campaign_id)?.push(row.label);
  return labels;
}

/** The labels in use at a client, or at all that the tenant may see, in the order of their letters. */
export async function listLabels(em: EntityManager, clientId: string | null): Promise<UsedLabel[]> {
  return em.execute<UsedLabel[]>(
    `select min(l.label) as label, count(*)::int as campaigns
     from campaign_labels l
     join campaigns c on c.id = l.campaign_id and c.canonical_id is null
     where ${clientId ? 'l.client_id = ?' : 'true'}
     group by l.key order by l.key`,
    clientId ? [clientId] : [],
  );
}
