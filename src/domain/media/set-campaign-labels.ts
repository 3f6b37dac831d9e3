import type { EntityManager } from '@mikro-orm/postgresql';
import { arrayLiteral } from '../array-literal.ts';
import { type Actor, recordChange } from '../audit-log/record-change.ts';
import { badInput, found } from '../errors.ts';
import { Campaign } from './campaign.entity.ts';
import { findLabels } from './campaign-labels.ts';
import { checkIds } from './check-ids.ts';
import { touchMedia } from './touch-media.ts';

/** Which labels campaigns get and lose; one that is in both, they have afterwards. */
export interface LabelChanges {
  campaignIds: readonly string[];
  add?: readonly string[] | null;
  remove?: readonly string[] | null;
}

const longestLabel = 100;
const mostLabels = 20;

/**
 * Give labels to campaigns and take others away. A label is the same whatever its case, and is spelled as the
 * client's campaigns have it already. Doing so twice changes nothing.
 *
 * @throws {DomainError} NOT_FOUND; BAD_USER_INPUT for a label that cannot be, over 20 a campaign, over 1,000 campaigns.
 */
export async function setCampaignLabels(
  em: EntityManager,
  actor: Actor,
  { campaignIds, add, remove }: LabelChanges,
): Promise<Campaign[]> {
  const ids = checkIds(campaignIds, 'campaignIds');
  const [added, removed] = [checkLabels(add, 'add'), checkLabels(remove, 'remove')];
  // Locked, so that two changes at once do not go past the most that a campaign may have.
  const locked = await em.execute<{ id: string }[]>(
    'select id from campaigns where id = any (?::uuid[]) order by id for update',
    [arrayLiteral(ids)],
  );
  const campaigns = await em.find(Campaign, { id: { $in: locked.map(({ id }) => id) } });
  const inOrder = ids.map((id) =>
    found(
      campaigns.find((each) => each.id === id),
      'campaign',
    ),
  );

  const before = await findLabels(em, ids);
  await em.execute(
    `delete from campaign_labels where campaign_id = any (?::uuid[])
       and key in (select lower(value) from jsonb_array_elements_text(?::jsonb))`,
    [arrayLiteral(ids), JSON.stringify(removed)],
  );
  await em.execute(
    `insert into campaign_labels (campaign_id, label, organization_id, client_id)
     select c.id, coalesce(known.label, wanted.label), c.organization_id, c.client_id
     from campaigns c
     cross join jsonb_array_elements_text(?::jsonb) wanted (label)
     left join lateral (
       select min(l.label) as label from campaign_labels l
       where l.client_id = c.client_id and l.key = lower(wanted.label)
     ) known on true
     where c.id = any (?::uuid[])
     on conflict do nothing`,
    [JSON.stringify(added), arrayLiteral(ids)],
  );
  const after = await findLabels(em, ids);

  const changed = inOrder.filter(({ id }) => String(before.get(id)) !== String(after.get(id)));
  for (const { id } of changed) {
    const labels = after.get(id) ?? [];
    if (labels.length > mostLabels) {
      throw badInput(`A campaign may have at most ${mostLabels} labels.`, 'add');
    }
    recordChange(em, actor, {
      ...{ action: 'LABEL', entityType: 'Campaign', entityId: id },
      ...{ before: { labels: before.get(id) }, after: { labels } },
    });
  }
  if (changed.length > 0)
    await touchMedia(
      em,
      changed.map(({ clientId }) => clientId),
    );
  await em.flush();
  return inOrder;
}

/** @returns the labels with their spaces folded. */
function checkLabels(labels: readonly string[] | null | undefined, field: string): string[] {
  return (labels ?? []).map((label) => {
    const folded = label.normalize('NFC').trim().replace(/\s+/gu, ' ');
    if (folded.length === 0 || folded.length > longestLabel || /[\p{Cc}\p{Cs}]/u.test(folded)) {
      throw badInput(`A label has 1 to ${longestLabel} characters, none of them a control.`, field);
    }
    return folded;
  });
}
