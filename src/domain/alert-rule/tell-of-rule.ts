import type { EntityManager } from '@mikro-orm/postgresql';
import type { AlertRule } from './alert-rule.entity.ts';

/**
 * Keep what a rule saw of a client: as one more sight of the alert that is open for it, or else as a new one. While the
 * last one is snoozed, a new one is, too. Of a rule that was switched off or removed meanwhile nothing is kept: whoever
 * did that has ended its alerts, and nobody would end this one.
 *
 * @returns whether it begins.
 */
export async function tellOfRule(
  em: EntityManager,
  { id }: AlertRule,
  clientId: string,
  message: string,
): Promise<boolean> {
  const [row] = await em.execute<{ begins: boolean }[]>(
    `insert into alerts (organization_id, client_id, rule_id, kind, severity, message, snoozed_until)
     select r.organization_id, ?, r.id, 'RULE', r.severity, ?, (
       select max(snoozed_until) from alerts where rule_id = r.id and client_id = ? and snoozed_until > now()
     )
     from alert_rules r where r.id = ? and r.enabled and r.removed_at is null for share of r
     on conflict (rule_id, client_id) where resolved_at is null and rule_id is not null do update
       set message = excluded.message, severity = excluded.severity, last_seen_at = now(), count = alerts.count + 1
     returning count = 1 as begins`,
    [clientId, message, clientId, id],
  );
  return row?.begins ?? false;
}

/** The rules that have an open alert of a client. */
export async function findTellingRules(em: EntityManager, clientId: string): Promise<Set<string>> {
  const rows = await em.execute<{ id: string }[]>(
    `select rule_id as id from alerts
     where client_id = ? and rule_id is not null and resolved_at is null`,
    [clientId],
  );
  return new Set(rows.map(({ id }) => id));
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
