import type { EntityManager } from '@mikro-orm/postgresql';
import { type Actor, recordChange } from '../audit-log/record-change.ts';
import { databaseNow } from '../database-clock.ts';
import type { FieldCipher } from '../encryption/field-cipher.ts';
import { found } from '../errors.ts';
import type { ShownWebhook } from './save-webhook.ts';
import { Webhook } from './webhook.entity.ts';
import { generateSecret } from './webhook-secret.ts';

/** So long the secret before signs beside the new one, so that its receiver can be told of it meanwhile. */
const overlapMs = 24 * 60 * 60_000;

/** Replace a webhook's secret; the new one is shown this once. @throws {DomainError} NOT_FOUND. */
export async function rotateWebhookSecret(
  em: EntityManager,
  actor: Actor,
  cipher: Pick<FieldCipher, 'encrypt'>,
  id: string,
): Promise<ShownWebhook> {
  // Two at once take turns: each shown secret signs for its day.
  await em.execute('select from webhooks where id = ? for no key update', [id]);
  const webhook = found(await em.findOne(Webhook, id), 'webhook');
  const secret = generateSecret();
  webhook.previousSecretCiphertext = webhook.secretCiphertext;
  webhook.previousSecretUntil = new Date((await databaseNow(em)).getTime() + overlapMs);
  webhook.secretCiphertext = cipher.encrypt(secret);
  const entity = { entityType: 'Webhook', entityId: id };
  const after = { secret: 'replaced' };
  recordChange(em, actor, { action: 'ROTATE_SECRET', ...entity, before: null, after });
  await em.flush();
  return { webhook, secret };
}
