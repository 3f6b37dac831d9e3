import { ArgsType, Field, ID, InputType } from 'type-graphql';
import type { ClientStatus } from '../domain/client/client.entity.ts';
import type { MediaFilter } from '../domain/media/media-filter.ts';
import type { MediaOrder } from '../domain/media/media-order.ts';
import type { MediaStatus } from '../domain/media/media-status.ts';
import type { MetricKey } from '../domain/metrics/registry.ts';
import { PageArgs } from './connection.ts';
import { DateRangeInput } from './date-range.ts';
import {
  ClientStatusEnum,
  MediaOrderFieldEnum,
  MediaStatusEnum,
  SortDirectionEnum,
} from './media-enums.ts';
import { MetricNameEnum } from './metrics-enums.ts';

type Requested<T> = {
  [K in keyof T]: K extends 'delivered' | 'range' ? DateRangeInput | null : T[K];
};

@InputType()
abstract class NodeFilterInput implements Requested<Omit<MediaFilter, 'statuses'>> {
  @Field(() => [ID], { nullable: true, description: 'Only these clients, or of these.' })
  clientIds?: string[] | null;

  @Field(() => String, { nullable: true, description: 'A part of the name, whatever its case.' })
  nameContains?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Of this source; clients with a campaign of it.',
  })
  source?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Of a campaign with this label, whatever its case; clients with such a campaign.',
  })
  label?: string | null;

  @Field(() => ID, { nullable: true, description: 'With data from this feed.' })
  feedId?: string | null;

  @Field(() => DateRangeInput, {
    nullable: true,
    description: 'With impressions on these days, from the feed where one is given.',
  })
  delivered?: DateRangeInput | null;
}

@InputType({ description: 'Which clients; what is left out does not limit.' })
export class ClientFilterInput extends NodeFilterInput {
  @Field(() => [ClientStatusEnum], { nullable: true, description: 'In one of these states.' })
  statuses?: ClientStatus[] | null;
}

@InputType({ description: 'Which media; what is left out does not limit.' })
export class MediaFilterInput extends NodeFilterInput {
  @Field(() => [ID], { nullable: true, description: 'Only these campaigns, or of these.' })
  campaignIds?: string[] | null;

  @Field(() => [MediaStatusEnum], { nullable: true, description: 'In one of these states.' })
  statuses?: MediaStatus[] | null;
}

@InputType({ description: 'How clients or media are ordered; ties are broken by id.' })
export class MediaOrderInput implements Requested<MediaOrder> {
  @Field(() => MediaOrderFieldEnum, { defaultValue: 'NAME', description: 'By what.' })
  field!: NonNullable<MediaOrder['field']>;

  @Field(() => MetricNameEnum, {
    nullable: true,
    description: 'For METRIC: which one. Internal ones are not for CLIENT viewers.',
  })
  metric?: MetricKey | null;

  @Field(() => DateRangeInput, { nullable: true, description: 'For METRIC: over which days.' })
  range?: DateRangeInput | null;

  @Field(() => SortDirectionEnum, { defaultValue: 'ASC', description: 'Which way.' })
  direction!: NonNullable<MediaOrder['direction']>;
}

const filterField = { nullable: true, description: 'Only some of them.' };
const orderField = { nullable: true, description: 'By name, upwards, where left out.' };

/** Which clients, in which order, and which page. */
@ArgsType()
export class ClientListArgs extends PageArgs {
  @Field(() => ClientFilterInput, filterField)
  filter?: ClientFilterInput | null;

  @Field(() => MediaOrderInput, orderField)
  orderBy?: MediaOrderInput | null;
}

/** Which media, in which order, and which page. */
@ArgsType()
export class MediaListArgs extends PageArgs {
  @Field(() => MediaFilterInput, filterField)
  filter?: MediaFilterInput | null;

  @Field(() => MediaOrderInput, orderField)
  orderBy?: MediaOrderInput | null;
}
