import { ArgsType, Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import type { DeliveryRequest } from '../domain/webhook/list-webhooks.ts';
import type { NewWebhook, WebhookChanges } from '../domain/webhook/save-webhook.ts';
import { offReasons, type Webhook, webhookEvents } from '../domain/webhook/webhook.entity.ts';
import {
  deliveryEvents,
  deliveryStatuses,
  type WebhookDelivery,
} from '../domain/webhook/webhook-delivery.entity.ts';
import { connectionOf, PageArgs } from './connection.ts';
import { enumOf } from './enum-of.ts';
import { NodeType } from './node.ts';
import { DateTimeScalar } from './scalars.ts';

const events = {
  ALERT_BEGAN: 'An alert began.',
  ALERT_ENDED: 'An alert ended.',
};
const WebhookEventEnum = enumOf(
  webhookEvents,
  'WebhookEvent',
  'What webhooks are told of.',
  events,
);
const DeliveryEventEnum = enumOf(deliveryEvents, 'WebhookDeliveryEvent', 'What is delivered.', {
  ...events,
  TEST: 'Nothing happened: somebody tests.',
});
const DeliveryStatusEnum = enumOf(
  deliveryStatuses,
  'WebhookDeliveryStatus',
  'How far a delivery is.',
  {
    PENDING: 'It is to be tried, once or once more.',
    DELIVERED: 'The receiver took it.',
    DEAD: 'It was given up; `redeliverWebhook` has it sent again.',
  },
);
const OffReasonEnum = enumOf(
  offReasons,
  'WebhookOffReason',
  'Why a webhook was switched off without anybody asking.',
  {
    FAILING: 'Its receiver took nothing for 5 days.',
    GONE: 'Its receiver answered 410: it is no more.',
  },
);

type Fields = Pick<
  Webhook,
  | ('name' | 'url' | 'events' | 'active' | 'failingSince' | 'offReason')
  | ('previousSecretUntil' | 'createdAt')
>;

@ObjectType('Webhook', {
  implements: NodeType,
  description: 'A receiver of somebody else that is told of alerts. Never its secret.',
})
export class WebhookType extends NodeType implements Fields {
  @Field(() => String, { description: 'What it is called.' })
  name!: string;

  @Field(() => String, { description: 'Where it is told.' })
  url!: string;

  @Field(() => [WebhookEventEnum], { description: 'What it is told of.' })
  events!: Fields['events'];

  @Field(() => Boolean, { description: 'Whether it is told of anything.' })
  active!: boolean;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Since when its receiver has taken nothing; null where it took the last.',
  })
  failingSince!: Date | null;

  @Field(() => OffReasonEnum, {
    nullable: true,
    description: 'Why it was switched off, where nobody asked for that.',
  })
  offReason!: Fields['offReason'];

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Until when its secret of before signs, too.',
  })
  previousSecretUntil!: Date | null;

  @Field(() => DateTimeScalar, { description: 'When it was made.' })
  createdAt!: Date;
}

export const WebhookConnection = connectionOf(() => WebhookType, 'Webhook');

type DeliveryFields = Pick<
  WebhookDelivery,
  | ('event' | 'payload' | 'status' | 'attempts' | 'lastStatus' | 'lastError')
  | ('nextAttemptAt' | 'createdAt' | 'endedAt')
>;

@ObjectType('WebhookDelivery', {
  implements: NodeType,
  description: 'One thing that a receiver is told. Its id is the `webhook-id` of each attempt.',
})
export class WebhookDeliveryType extends NodeType implements DeliveryFields {
  @Field(() => DeliveryEventEnum, { description: 'What it is told.' })
  event!: DeliveryFields['event'];

  @Field(() => String, { description: 'The body as it is sent: JSON.' })
  payload!: string;

  @Field(() => DeliveryStatusEnum, { description: 'How far it is.' })
  status!: DeliveryFields['status'];

  @Field(() => Int, { description: 'How often it was tried.' })
  attempts!: number;

  @Field(() => Int, {
    nullable: true,
    description: 'What the receiver last answered; null where it did not.',
  })
  lastStatus!: number | null;

  @Field(() => String, { nullable: true, description: 'Why the last attempt failed.' })
  lastError!: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it is tried again.' })
  nextAttemptAt!: Date | null;

  @Field(() => DateTimeScalar, { description: 'When it was queued.' })
  createdAt!: Date;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When the receiver took it, or it was given up.',
  })
  endedAt!: Date | null;
}

export const WebhookDeliveryConnection = connectionOf(() => WebhookDeliveryType, 'WebhookDelivery');

@ArgsType()
export class WebhookDeliveryArgs extends PageArgs implements DeliveryRequest {
  @Field(() => [DeliveryStatusEnum], { nullable: true, description: 'All where left out.' })
  statuses?: DeliveryRequest['statuses'];
}

@InputType()
export class CreateWebhookInput implements NewWebhook {
  @Field(() => String, { description: 'What to call it.' })
  name!: string;

  @Field(() => String, {
    description: 'An address that begins with `https://`, on the open internet.',
  })
  url!: string;

  @Field(() => [WebhookEventEnum], { description: 'What it is told of.' })
  events!: Fields['events'];

  @Field(() => ID, {
    nullable: true,
    description: 'The only client whose alerts it is told of; left out, all.',
  })
  clientId?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Calls with the same key make one webhook, whose secret the first alone is shown.',
  })
  idempotencyKey?: string | null;
}

@InputType()
export class UpdateWebhookInput implements WebhookChanges {
  @Field(() => ID, { description: 'The webhook.' })
  id!: string;

  @Field(() => String, { nullable: true, description: 'What to call it.' })
  name?: string | null;

  @Field(() => String, { nullable: true, description: 'Where it is told.' })
  url?: string | null;

  @Field(() => [WebhookEventEnum], { nullable: true, description: 'What it is told of.' })
  events?: Fields['events'] | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether it is told of anything.' })
  active?: boolean | null;
}

@ObjectType({ description: 'A webhook that was changed.' })
export class WebhookPayload {
  @Field(() => WebhookType, { description: 'The webhook as it is now.' })
  webhook!: Webhook;
}

@ObjectType({ description: 'A webhook that has a new secret.' })
export class WebhookSecretPayload extends WebhookPayload {
  @Field(() => String, {
    nullable: true,
    description:
      'What its requests are signed with. It is shown this once; null where an earlier call with the same key made it.',
  })
  secret!: string | null;
}

@ObjectType({ description: 'A webhook that is no more.' })
export class RemoveWebhookPayload {
  @Field(() => ID, { description: 'The id that it had.' })
  removedId!: string;
}

@ObjectType({ description: 'A delivery that was queued.' })
export class WebhookDeliveryPayload {
  @Field(() => WebhookDeliveryType, { description: 'The delivery; look at it again for its end.' })
  delivery!: WebhookDelivery;
}
