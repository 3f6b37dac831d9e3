import { checkName } from '../client/create-client.ts';
import { badInput } from '../errors.ts';
import type { UrlRefusal, WebhookReceivers } from './receivers.ts';
import { type Webhook, webhookEvents } from './webhook.entity.ts';

/** What an administrator says of a webhook. */
export type WebhookSettings = Pick<Webhook, 'name' | 'url' | 'events' | 'active'>;

export function settingsOf({ name, url, events, active }: WebhookSettings): WebhookSettings {
  return { name, url, events, active };
}

const longestUrl = 2_048;

const refusals: Record<UrlRefusal, string> = {
  SCHEME: 'A webhook goes to an address that begins with https://.',
  CREDENTIALS: 'Leave user name and password out of the address: the signature says who sends.',
  ADDRESS: 'A webhook goes to the open internet, and to no address of a private network.',
};

/**
 * Check what is said of a webhook. Where the name of its host leads is found out each time that something is sent.
 *
 * @throws {DomainError} BAD_USER_INPUT.
 */
export function checkWebhook(
  receivers: Pick<WebhookReceivers, 'refusalOf'>,
  { name, url, events, active }: WebhookSettings,
): WebhookSettings {
  const chosen = webhookEvents.filter((event) => events.includes(event));
  if (chosen.length === 0) throw badInput('Choose one event at least.', 'events');
  const parsed = url.length <= longestUrl ? URL.parse(url) : null;
  if (!parsed) throw badInput(`Give an address of at most ${longestUrl} characters.`, 'url');
  const refusal = receivers.refusalOf(parsed);
  if (refusal) throw badInput(refusals[refusal], 'url');
  if (parsed.hash) throw badInput('Leave out what follows the #: it is sent nowhere.', 'url');
  return { name: checkName(name), url: parsed.href, events: chosen, active };
}
