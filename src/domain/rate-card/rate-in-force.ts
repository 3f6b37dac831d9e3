/** SQL of what a rate is looked up for. */
interface RatedDay {
  organizationId: string;
  clientId: string;
  source: string;
  date: string;
}

const parameters = {
  organizationId: '?::uuid',
  clientId: '?::uuid',
  source: '?::text',
  date: '?::date',
};

/**
 * SQL of the CPM in force on a day for a campaign: a row `cpm`, and `rate_card_id`, null
 * for the organization's default.
 *
 * The most specific rate wins: campaign and source, campaign, source, client, the organization's default.
 * Source: docs/rules.md, ingestion 12.
 *
 * @param campaignId SQL expression of the campaign's id.
 * @param day SQL expressions; where left out, parameters: organization id, client id, source, date.
 */
export function rateInForce(campaignId: string, day: RatedDay = parameters): string {
  const { organizationId, clientId, source, date } = day;
  return `
    select coalesce(card.cpm, o.default_cpm) as cpm, card.id as rate_card_id
    from (select ${organizationId} as organization_id, ${clientId} as client_id, ${source} as source, ${date} as day) p
    join organizations o on o.id = p.organization_id
    left join lateral (
      select rc.id, rc.cpm from rate_cards rc
      where rc.client_id = p.client_id and rc.removed_at is null
        and (rc.source is null or rc.source = p.source)
        and (rc.campaign_id is null or rc.campaign_id = ${campaignId})
        and rc.effective_from <= p.day and (rc.effective_to is null or rc.effective_to >= p.day)
      order by rc.campaign_id is not null desc, rc.source is not null desc
      limit 1
    ) card on true`;
}
