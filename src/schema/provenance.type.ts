import { Field, Int, ObjectType } from 'type-graphql';
import type { Feed } from '../domain/feed/feed.entity.ts';
import type { IngestionRun } from '../domain/ingestion/ingestion-run.entity.ts';
import type { RunSlice } from '../domain/ingestion/run-slice.entity.ts';
import type { SourceObject } from '../domain/ingestion/source-object.entity.ts';
import type { Provenance } from '../domain/ingestion/trace-provenance.ts';
import type { Campaign } from '../domain/media/campaign.entity.ts';
import type { AppliedRate } from '../domain/rate-card/find-applied-rates.ts';
import type { RateCard } from '../domain/rate-card/rate-card.entity.ts';
import { FeedType } from './feed.type.ts';
import { IngestionRunType, RunSliceType } from './ingestion-run.type.ts';
import { CampaignType } from './media.type.ts';
import { DayStatusEnum } from './metrics-enums.ts';
import { RateCardType } from './rate-card.type.ts';
import { DateScalar, DateTimeScalar, DecimalScalar } from './scalars.ts';
import { SourceObjectType } from './source-object.type.ts';

@ObjectType('AppliedRate', {
  description: "What the spend of a campaign's day was computed with.",
})
class AppliedRateType implements AppliedRate {
  @Field(() => CampaignType, { description: 'The campaign as its files name it, before merges.' })
  campaign!: Campaign;

  @Field(() => DecimalScalar, {
    description: "Price per 1,000 impressions, in the client's currency.",
  })
  cpm!: string;

  @Field(() => RateCardType, {
    nullable: true,
    description: "The rate card that said so; null where it was the organization's default.",
  })
  rateCard!: RateCard | null;
}

@ObjectType('Provenance', {
  description: 'Where the figures of a node on a day come from, as far as one feed goes.',
})
export class ProvenanceType implements Omit<Provenance, 'group' | 'node' | 'totals'> {
  @Field(() => FeedType, { description: 'The feed.' })
  feed!: Feed;

  @Field(() => DateScalar, { description: 'The day.' })
  date!: string;

  @Field(() => DayStatusEnum, { description: 'Whether the day has data, or why not.' })
  status!: Provenance['status'];

  @Field(() => String, { nullable: true, description: 'Why it has none, in words.' })
  reason!: string | null;

  @Field(() => Int, {
    description: 'How often its data was replaced or priced anew; 0 where it never had any.',
  })
  version!: number;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When its data was loaded, or found unchanged, last.',
  })
  loadedAt!: Date | null;

  @Field(() => IngestionRunType, {
    nullable: true,
    description: 'The run that its data comes from, or that found none.',
  })
  run!: IngestionRun | null;

  @Field(() => RunSliceType, { nullable: true, description: 'What that run did to the day.' })
  runSlice!: RunSlice | null;

  @Field(() => [SourceObjectType], {
    description:
      'The files that its data was read from; without data, those that were not applied.',
  })
  objects!: SourceObject[];

  @Field(() => [AppliedRateType], {
    description:
      "What the node's spend was computed with. Not kept of days loaded by old versions.",
  })
  rates!: AppliedRate[];
}
