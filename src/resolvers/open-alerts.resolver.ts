import { Arg, Ctx, FieldResolver, ID, Int, Resolver, Root, Subscription } from 'type-graphql';
import type { Alert } from '../domain/alert/alert.entity.ts';
import {
  findOpenAlerts,
  findWatchedAlerts,
  type OpenAlerts,
} from '../domain/alert/find-open-alerts.ts';
import type { Client } from '../domain/client/client.entity.ts';
import { fromGlobalId } from '../domain/global-id.ts';
import { requireRole } from '../domain/identity/viewer.ts';
import { watchAlerts } from '../jobs/watch-alerts.ts';
import { AlertType, OpenAlertsType } from '../schema/alert.type.ts';
import { DashboardType, HomeType } from '../schema/dashboard.type.ts';
import { Requires } from './authorize.ts';
import type { GraphContext } from './context.ts';

const firstOfAlerts = { defaultValue: 5, description: 'How many alerts, 1 to 1,000.' };

@Resolver(() => HomeType)
export class HomeAlertsResolver {
  @FieldResolver(() => OpenAlertsType, {
    nullable: true,
    description: 'The open alerts of the active clients.',
  })
  @Requires('ANALYST')
  async openAlerts(
    @Arg('first', () => Int, firstOfAlerts) first: number,
    @Ctx() context: GraphContext,
  ): Promise<OpenAlerts> {
    return findOpenAlerts(await context.em(), null, first);
  }
}

@Resolver(() => DashboardType)
export class DashboardAlertsResolver {
  @FieldResolver(() => OpenAlertsType, { nullable: true, description: 'Its open alerts.' })
  @Requires('ANALYST')
  async openAlerts(
    @Root() { client }: { client: Client },
    @Arg('first', () => Int, firstOfAlerts) first: number,
    @Ctx() context: GraphContext,
  ): Promise<OpenAlerts> {
    return findOpenAlerts(await context.em(), client.id, first);
  }
}

@Resolver(() => AlertType)
export class AlertWatchResolver {
  @Subscription(() => [AlertType], {
    description:
      'The open alerts as they are now, the latest 1,000 at most, and then, at every change, those that changed: that began, were acknowledged, snoozed, say something else or ended.',
    subscribe: ({ args, context }) =>
      subscribeToAlerts(args.clientId as string | null | undefined, context as GraphContext),
  })
  alerts(
    @Arg('clientId', () => ID, { nullable: true, description: 'Of this client; left out, of all.' })
    _: string | null,
    @Root() alerts: Alert[],
  ): Alert[] {
    return alerts;
  }
}

/** Each state is read as the viewer that the token stands for at that moment. */
async function subscribeToAlerts(globalId: string | null | undefined, context: GraphContext) {
  const clientId = globalId == null ? null : fromGlobalId('Client', globalId, 'clientId');
  const viewer = await context.viewer();
  requireRole(viewer, 'ANALYST');
  const { announcer, rereadMs } = context.services;
  return watchAlerts({
    organizationId: viewer.organizationId,
    announcer,
    rereadMs,
    read: (ids) =>
      context.readAnew((em, now) => {
        requireRole(now, 'ANALYST');
        return findWatchedAlerts(em, clientId, ids);
      }),
  });
}
