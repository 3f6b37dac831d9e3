import { fromGlobalId } from '../domain/global-id.ts';
import type { MediaRequest } from '../domain/media/list-media.ts';
import type { MediaFilter } from '../domain/media/media-filter.ts';
import type { MediaOrder } from '../domain/media/media-order.ts';
import { refuseHidden } from '../domain/metrics/refuse-hidden.ts';
import type {
  ClientFilterInput,
  ClientListArgs,
  MediaFilterInput,
  MediaListArgs,
  MediaOrderInput,
} from '../schema/media-list.type.ts';
import type { GraphContext } from './context.ts';
import { daysOf } from './days-of.ts';
import { type MetricSubject, seesInternal } from './metric-subject.ts';

/** Whose today presets are counted from; undefined where there are none. */
type Owner = Pick<MetricSubject, 'calendar'>;

/**
 * What the arguments of a list ask for.
 *
 * @throws {DomainError} BAD_USER_INPUT for what is no id or no range; FORBIDDEN for the order by a metric that is
 *   not for the viewer.
 */
export async function readMediaRequest(
  { filter, orderBy, first, after, last, before }: ClientListArgs | MediaListArgs,
  owner: Owner | undefined,
  context: GraphContext,
): Promise<MediaRequest> {
  return {
    filter: filter ? await readFilter(filter, owner) : {},
    order: orderBy ? await readOrder(orderBy, owner, context) : {},
    page: { first, after, last, before },
  };
}

async function readFilter(
  filter: ClientFilterInput | MediaFilterInput,
  owner: Owner | undefined,
): Promise<MediaFilter> {
  const { clientIds, feedId, delivered, ...rest } = filter;
  const campaignIds = 'campaignIds' in filter ? filter.campaignIds : null;
  return {
    ...rest,
    campaignIds: campaignIds?.map((id) => fromGlobalId('Campaign', id, 'campaignIds')),
    clientIds: clientIds?.map((id) => fromGlobalId('Client', id, 'clientIds')),
    feedId: feedId && fromGlobalId('Feed', feedId, 'feedId'),
    delivered: delivered && (await daysOf(delivered, owner)),
  };
}

async function readOrder(
  { field, metric, range, direction }: MediaOrderInput,
  owner: Owner | undefined,
  context: GraphContext,
): Promise<MediaOrder> {
  if (metric) refuseHidden([metric], await seesInternal(context));
  return { field, metric, direction, range: range && (await daysOf(range, owner)) };
}
