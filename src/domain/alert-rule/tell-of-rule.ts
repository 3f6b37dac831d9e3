import type { EntityManager } from '@mikro-orm/postgresql';
import type { AlertRule } from './alert-rule.entity.ts';

/**
 * Keep what a rule saw of a client: as one more sight of the alert that is open for it, or else as a new one. While the
 * last one is snoozed, a new one is, too.
 *
 * @returns whether it begins.
 */
export async function tellOfRule(
  em: EntityManager,
  { id, organizationId, severity }: AlertRule,
  clientId: string,
  message: string,
): Promise<boolean> {
  const [row] = await em.execute<{ begins: boolean }[]>(
    `insert into alerts (organization_id, client_id, rule_id, kind, severity, message, snoozed_until)
     select ?, ?, ?, 'RULE', ?, ?, (
       select max(snoozed_until) from alerts where rule_id = ? and client_id = ? and snoozed_until > now()
     )
     on conflict (rule_id, client_id) where resolved_at is null and rule_id is not null do update
       set message = excluded.message, severity = excluded.severity, last_seen_at = now(), count = alerts.count + 1
     returning count = 1 as begins`,
    [organizationId, clientId, id, severity, message, id, clientId],
  );
  return row?.begins ?? false;
}

/** End a rule's open alert, of one client or of all. */
export async function endAlertsOfRule(
  em: EntityManager,
  ruleId: string,
  clientId: string | null = null,
): Promise<void> {
  await em.execute(
    `update alerts set resolved_at = now()
     where rule_id = ? and resolved_at is null and (?::uuid is null or client_id = ?)`,
    [ruleId, clientId, clientId],
  );
}
