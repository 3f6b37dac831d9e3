import type { Api } from '../client/api.ts';
import {
  AlertsDocument,
  CreateAlertRuleDocument,
  CreateBudgetDocument,
  CreateWebhookDocument,
  UpdateWebhookDocument,
  WebhooksDocument,
} from '../client/operations.ts';
import { addDays, type DateRange } from '../src/domain/calendar.ts';
import { until } from '../test/support/until.ts';
import { readVerified, type startReceiver } from '../test/support/webhook-receiver.ts';

type Receiver = Awaited<ReturnType<typeof startReceiver>>;

const name = 'Demo receiver';

/** Give a client a budget that is spent too fast, and a rule that says so; a receiver on this machine is told, once. */
export async function raiseAlert(
  api: Api,
  receiver: Receiver,
  { clientId, range }: { clientId: string; range: DateRange },
): Promise<void> {
  const secret = await setUpWebhook(api, receiver.url, clientId);
  const { createBudget } = await api.request(CreateBudgetDocument, {
    input: {
      ...{ clientId, amount: '4000000', fromDate: range.from, toDate: addDays(range.to, 30) },
      idempotencyKey: `demo-budget-${clientId}`,
    },
  });
  const { amount, fromDate, toDate, pacing } = createBudget.budget;
  console.log(
    `\nBudget: ${amount}, ${fromDate} to ${toDate}, ${pacing.status}: ${pacing.spent} spent`,
  );
  await api.request(CreateAlertRuleDocument, {
    input: {
      ...{ clientId, name: 'Budget is spent too fast', subject: 'PACE', comparison: 'ABOVE' },
      ...{ threshold: '1.2', idempotencyKey: `demo-rule-${clientId}` },
    },
  });
  for await (const { alerts } of api.subscribe(AlertsDocument, { clientId })) {
    const alert = alerts.find(({ kind }) => kind === 'RULE');
    if (!alert) continue;
    console.log(`Alert: ${alert.severity}. ${alert.message}`);
    break;
  }
  await printTold(api);
  // Of what was told when the demo ran before, the receiver knows nothing any more.
  const [received] = receiver.received;
  if (secret && received && readVerified(secret, received).type !== 'alert.began') {
    throw new Error('The receiver was told something else');
  }
}

/** @returns the secret of a webhook that is new; null where the one of before was given its receiver's new address. */
async function setUpWebhook(api: Api, url: string, clientId: string): Promise<string | null> {
  const { webhooks } = await api.request(WebhooksDocument, {});
  const known = webhooks.nodes.find((each) => each.name === name);
  if (known) {
    await api.request(UpdateWebhookDocument, { input: { id: known.id, url } });
    return null;
  }
  const { createWebhook } = await api.request(CreateWebhookDocument, {
    input: { name, url, clientId, events: ['ALERT_BEGAN', 'ALERT_ENDED'] },
  });
  return createWebhook.secret ?? null;
}

async function printTold(api: Api): Promise<void> {
  const delivery = await until('the webhook is delivered', async () => {
    const { webhooks } = await api.request(WebhooksDocument, {});
    const deliveries = webhooks.nodes.find((each) => each.name === name)?.deliveries.nodes;
    return deliveries?.find(({ status }) => status === 'DELIVERED');
  });
  console.log(`Webhook: ${delivery.event} ${delivery.status}`);
}
