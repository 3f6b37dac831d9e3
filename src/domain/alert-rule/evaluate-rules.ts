import type { EntityManager } from '@mikro-orm/postgresql';
import { Client } from '../client/client.entity.ts';
import { AlertRule } from './alert-rule.entity.ts';
import { openSight } from './client-sight.ts';
import { isBeyond, measureRule } from './measure-rule.ts';
import { sayMeasured } from './say-measured.ts';
import { endAlertsOfRule, findTellingRules, tellOfRule } from './tell-of-rule.ts';

/** The clients whose rules are to be evaluated: one, or all that are active. */
export async function findRuledClients(
  em: EntityManager,
  clientId: string | null,
): Promise<Client[]> {
  const { rules, everyone } = await findRules(em, clientId);
  if (rules.length === 0) return [];
  const named = rules.flatMap((rule) => rule.clientId ?? []);
  const some = clientId === null && everyone ? {} : { id: { $in: clientId ? [clientId] : named } };
  return em.find(Client, { status: 'ACTIVE', ...some }, { orderBy: { id: 'asc' } });
}

async function findRules(em: EntityManager, clientId: string | null) {
  const of = clientId === null ? {} : { $or: [{ clientId }, { clientId: null }] };
  const rules = await em.find(
    AlertRule,
    { enabled: true, removedAt: null, ...of },
    // Two that are evaluated at once take their alerts in the same order.
    { orderBy: { id: 'asc' } },
  );
  return { rules, everyone: rules.some((rule) => rule.clientId === null) };
}

/**
 * Evaluate the rules of a client: alerts begin, go on or end. Where a rule sees nothing, its alert stays as it is.
 *
 * @returns whether there is something new to tell people.
 */
export async function evaluateRules(em: EntityManager, client: Client): Promise<boolean> {
  const { rules } = await findRules(em, client.id);
  const sight = await openSight(em, client);
  const telling = await findTellingRules(em, client.id);
  let isNew = false;
  for (const rule of rules) {
    const measured = await measureRule(rule, sight);
    if (measured.value === null) continue;
    if (isBeyond(rule, measured.value)) {
      const message = sayMeasured(rule, measured, client.currency);
      isNew = (await tellOfRule(em, rule, client.id, message)) || isNew;
    } else if (telling.has(rule.id)) {
      await endAlertsOfRule(em, rule.id, client.id);
    }
  }
  return isNew;
}
