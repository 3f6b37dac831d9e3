import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { Alert } from '../domain/alert/alert.entity.ts';
import type { Client } from '../domain/client/client.entity.ts';
import { fromGlobalId } from '../domain/global-id.ts';
import type { Page } from '../domain/paging.ts';
import { listWebhooks } from '../domain/webhook/list-webhooks.ts';
import { rotateWebhookSecret } from '../domain/webhook/rotate-webhook-secret.ts';
import { createWebhook, removeWebhook, updateWebhook } from '../domain/webhook/save-webhook.ts';
import { redeliver, testWebhook } from '../domain/webhook/send-again.ts';
import type { Webhook } from '../domain/webhook/webhook.entity.ts';
import type { WebhookDelivery } from '../domain/webhook/webhook-delivery.entity.ts';
import { deliverWebhook } from '../jobs/deliver-webhook.job.ts';
import { AlertType } from '../schema/alert.type.ts';
import { ClientType } from '../schema/client.type.ts';
import { PageArgs } from '../schema/connection.ts';
import {
  CreateWebhookInput,
  RemoveWebhookPayload,
  UpdateWebhookInput,
  WebhookConnection,
  WebhookDeliveryArgs,
  WebhookDeliveryConnection,
  WebhookDeliveryPayload,
  WebhookDeliveryType,
  WebhookPayload,
  WebhookSecretPayload,
  WebhookType,
} from '../schema/webhook.type.ts';
import { Requires } from './authorize.ts';
import type { GraphContext } from './context.ts';

const idOfWebhook = { description: 'The webhook.' };

@Resolver(() => WebhookType)
export class WebhookResolver {
  @Query(() => WebhookConnection, {
    description: 'Receivers of others that are told of alerts, the newest first.',
  })
  @Requires('ADMIN')
  async webhooks(
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() context: GraphContext,
  ): Promise<Page<Webhook>> {
    return listWebhooks(await context.em(), page);
  }

  @FieldResolver(() => ClientType, {
    nullable: true,
    description: 'The only client whose alerts it is told of; null for all.',
  })
  async client(
    @Root() { clientId }: Webhook,
    @Ctx() { loaders }: GraphContext,
  ): Promise<Client | null> {
    return clientId === null ? null : loaders.client.load(clientId);
  }

  @FieldResolver(() => WebhookDeliveryConnection, {
    description: 'What its receiver was told, and is to be, the newest first.',
  })
  deliveries(
    @Root() { id }: Webhook,
    @Args(() => WebhookDeliveryArgs) request: WebhookDeliveryArgs,
    @Ctx() { loaders }: GraphContext,
  ): Promise<Page<WebhookDelivery>> {
    return loaders.deliveriesOfWebhook(id, request);
  }

  @Mutation(() => WebhookSecretPayload, {
    description:
      'Have a receiver told of alerts from now on. Its secret is shown this once: requests are signed with it.',
  })
  @Requires('ADMIN')
  createWebhook(
    @Arg('input', () => CreateWebhookInput, { description: 'The webhook.' })
    { clientId, ...input }: CreateWebhookInput,
    @Ctx() context: GraphContext,
  ): Promise<WebhookSecretPayload> {
    const webhook = {
      ...input,
      clientId: clientId == null ? null : fromGlobalId('Client', clientId, 'clientId'),
    };
    return context.mutate((em, actor) => createWebhook(em, actor, context.services, webhook));
  }

  @Mutation(() => WebhookPayload, {
    description: 'Change a webhook, or switch it on or off. Whose alerts it is told of stays.',
  })
  @Requires('ADMIN')
  updateWebhook(
    @Arg('input', () => UpdateWebhookInput, { description: 'What is left out stays as it is.' })
    { id, ...changes }: UpdateWebhookInput,
    @Ctx() context: GraphContext,
  ): Promise<WebhookPayload> {
    const webhookId = fromGlobalId('Webhook', id);
    return context.mutate(async (em, actor) => ({
      webhook: await updateWebhook(em, actor, context.services, webhookId, changes),
    }));
  }

  @Mutation(() => WebhookSecretPayload, {
    description: 'Replace the secret of a webhook. The one before signs beside it for a day.',
  })
  @Requires('ADMIN')
  rotateWebhookSecret(
    @Arg('id', () => ID, idOfWebhook) id: string,
    @Ctx() context: GraphContext,
  ): Promise<WebhookSecretPayload> {
    const webhookId = fromGlobalId('Webhook', id);
    return context.mutate((em, actor) =>
      rotateWebhookSecret(em, actor, context.services.cipher, webhookId),
    );
  }

  @Mutation(() => RemoveWebhookPayload, {
    description: 'Forget a webhook, its secret and what it delivered.',
  })
  @Requires('ADMIN')
  removeWebhook(
    @Arg('id', () => ID, idOfWebhook) id: string,
    @Ctx() context: GraphContext,
  ): Promise<RemoveWebhookPayload> {
    return context.mutate(async (em, actor) => {
      await removeWebhook(em, actor, fromGlobalId('Webhook', id));
      return { removedId: id };
    });
  }

  @Mutation(() => WebhookDeliveryPayload, {
    description: 'Send a receiver something that tells nothing, once, to see whether it takes it.',
  })
  @Requires('ADMIN')
  testWebhook(
    @Arg('id', () => ID, idOfWebhook) id: string,
    @Ctx() context: GraphContext,
  ): Promise<WebhookDeliveryPayload> {
    const webhookId = fromGlobalId('Webhook', id);
    return deliver(context, (em, actor) => testWebhook(em, actor, webhookId));
  }

  @Mutation(() => WebhookDeliveryPayload, {
    description: 'Have what was given up sent again, under the same id.',
  })
  @Requires('ADMIN')
  redeliverWebhook(
    @Arg('id', () => ID, { description: 'The delivery.' }) id: string,
    @Ctx() context: GraphContext,
  ): Promise<WebhookDeliveryPayload> {
    const deliveryId = fromGlobalId('WebhookDelivery', id);
    return deliver(context, (em, actor) => redeliver(em, actor, deliveryId));
  }
}

@Resolver(() => WebhookDeliveryType)
export class WebhookDeliveryResolver {
  @FieldResolver(() => AlertType, {
    nullable: true,
    description: 'The alert, as it is now; null where it only tests.',
  })
  async alert(
    @Root() { alertId }: WebhookDelivery,
    @Ctx() { loaders }: GraphContext,
  ): Promise<Alert | null> {
    return alertId === null ? null : loaders.byId(Alert).load(alertId);
  }
}

/** Queue a delivery, and the job that makes it. */
function deliver(
  context: GraphContext,
  queue: Parameters<typeof context.mutate<WebhookDelivery>>[0],
): Promise<WebhookDeliveryPayload> {
  return context.mutate(async (em, actor, outbox) => {
    const delivery = await queue(em, actor, outbox);
    const { id: deliveryId, organizationId, clientId } = delivery;
    const owner = { organizationId, clientId, requestedBy: actor.userId, priority: 9 };
    await outbox.add(deliverWebhook, { deliveryId }, owner);
    return { delivery };
  });
}
