import type { EntityManager } from '@mikro-orm/postgresql';
import { arrayLiteral } from '../array-literal.ts';
import { newestFirst } from '../newest-first.ts';
import { type Page, type PageRequest, readPage } from '../paging.ts';
import { Webhook } from './webhook.entity.ts';
import { type DeliveryStatus, WebhookDelivery } from './webhook-delivery.entity.ts';

/**
 * The organization's webhooks, the newest first.
 *
 * @throws {DomainError} BAD_USER_INPUT for a page size or a cursor that cannot be used.
 */
export async function listWebhooks(
  em: EntityManager,
  request: PageRequest,
): Promise<Page<Webhook>> {
  const page = readPage(request, newestFirst('webhooks'));
  const rows = await em.execute<{ id: string; created_at: string }[]>(
    `select * from webhooks where ? order by ${page.orderBy} limit ?`,
    [page.between, page.limit],
  );
  return page.toPage(rows, (row) => em.map(Webhook, row as never));
}

/** Which deliveries of a webhook are wanted. */
export interface DeliveryRequest extends PageRequest {
  statuses?: DeliveryStatus[] | null | undefined;
}

/**
 * What each of many webhooks told its receiver, the newest first, a page for each in one statement.
 *
 * @returns a page by webhook id.
 * @throws {DomainError} BAD_USER_INPUT for a page size or a cursor that cannot be used.
 */
export async function listWebhookDeliveries(
  em: EntityManager,
  webhookIds: readonly string[],
  { statuses, ...request }: DeliveryRequest,
): Promise<Map<string, Page<WebhookDelivery>>> {
  const page = readPage(request, newestFirst('webhookDeliveries'));
  const wanted = statuses ? arrayLiteral(statuses) : null;
  const rows = await em.execute<{ id: string; created_at: string; webhook_id: string }[]>(
    `select x.*
     from unnest(?::uuid[]) w (id)
     cross join lateral (
       select * from webhook_deliveries d
       where d.webhook_id = w.id and (?::text[] is null or d.status = any (?::text[])) and ?
       order by ${page.orderBy} limit ?
     ) x`,
    [arrayLiteral(webhookIds), wanted, wanted, page.between, page.limit],
  );
  return new Map(
    webhookIds.map((id) => {
      const own = rows.filter((row) => row.webhook_id === id);
      return [id, page.toPage(own, (row) => em.map(WebhookDelivery, row as never))];
    }),
  );
}
