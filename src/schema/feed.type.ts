import { Field, Float, ID, InputType, Int, ObjectType } from 'type-graphql';
import type { FeedSettings, NewFeed } from '../domain/feed/create-feed.ts';
import type { Feed } from '../domain/feed/feed.entity.ts';
import type { FeedTest } from '../domain/feed/test-feed.ts';
import type { FeedChanges } from '../domain/feed/update-feed.ts';
import type { Gap } from '../domain/metrics/find-gaps.ts';
import { FeedOriginEnum, FileModeEnum } from './ingestion-enums.ts';
import { GapStatusEnum } from './metrics-enums.ts';
import { NodeType } from './node.ts';
import { DateScalar, DateTimeScalar } from './scalars.ts';

const bucket = 'The S3 bucket that its files are put into (SURFSIDE).';
const advertiserId = 'Whose reports they are, as the platform knows it (VIBE).';
const credentialId =
  "A credential of the client: what the platform is asked with (VIBE), or one of setBucketCredential that the bucket is read with (SURFSIDE; the deployment's own where left out).";
const keyPattern =
  'Where the files are (SURFSIDE): `{date}` is the day as 2026-11-21, `{date:yyyyMMdd}` spells it otherwise, `*` is anything but a slash; or a regular expression between slashes with the groups year, month, day.';

const graceMinutes =
  'How long after its scheduled time a file may come, 0 to 1,440 minutes, before it is missing.';
const minValidShare = "Share of a file's rows, 0 to 1, under which nothing of it is applied.";
const holdBelowShare = 'Share of what it would replace, 0 to 1, under which a day is held.';

@ObjectType('Feed', {
  implements: NodeType,
  description: 'One channel of a client and source: where its files are and how they are read.',
})
export class FeedType
  extends NodeType
  implements
    Pick<
      Feed,
      'source' | 'origin' | 'createdAt' | Exclude<keyof FeedSettings & keyof Feed, 'credentialId'>
    >
{
  @Field(() => String, { description: 'The kind of origin, such as SURFSIDE.' })
  source!: string;

  @Field(() => String, { description: 'Its name, unique for the client.' })
  name!: string;

  @Field(() => FeedOriginEnum, { description: 'How its days come.' })
  origin!: Feed['origin'];

  @Field(() => String, { nullable: true, description: bucket })
  bucket!: string | null;

  @Field(() => String, { nullable: true, description: keyPattern })
  keyPattern!: string | null;

  @Field(() => String, { nullable: true, description: advertiserId })
  advertiserId!: string | null;

  @Field(() => FileModeEnum, { description: 'Which objects of a day are the day.' })
  fileMode!: Feed['fileMode'];

  @Field(() => String, { description: 'IANA time zone of its days and its schedule.' })
  timeZone!: string;

  @Field(() => String, { description: 'ISO 4217 code of its amounts.' })
  currency!: string;

  @Field(() => Int, { description: 'Days that a scheduled run looks at again.' })
  lookbackDays!: number;

  @Field(() => Int, { description: graceMinutes })
  graceMinutes!: number;

  @Field(() => Float, { description: minValidShare })
  minValidShare!: number;

  @Field(() => Float, { description: holdBelowShare })
  holdBelowShare!: number;

  @Field(() => DateTimeScalar, { description: 'When it was added.' })
  createdAt!: Date;
}

@ObjectType('Gap', { description: 'A day of a feed without data.' })
export class GapType implements Pick<Gap, 'date' | 'status' | 'reason'> {
  @Field(() => DateScalar, { description: 'The day.' })
  date!: string;

  @Field(() => GapStatusEnum, { description: 'Why it has no data.' })
  status!: Gap['status'];

  @Field(() => String, { nullable: true, description: 'The reason in words.' })
  reason!: string | null;
}

@ObjectType('FeedTest', { description: "What a feed's settings find at this moment." })
export class FeedTestType implements FeedTest {
  @Field(() => [DateScalar], { description: 'Days of the look-back that have a file.' })
  foundDates!: string[];

  @Field(() => [DateScalar], { description: 'Days of the look-back that have none.' })
  missingDates!: string[];

  @Field(() => [String], { description: 'Keys of the files found, newest day first, at most 20.' })
  keys!: string[];
}

@InputType()
export class CreateFeedInput implements NewFeed {
  @Field(() => ID, { description: 'The client it belongs to.' })
  clientId!: string;

  @Field(() => String, { description: 'The kind of origin: SURFSIDE, VIBE, FACEBOOK.' })
  source!: string;

  @Field(() => FeedOriginEnum, {
    nullable: true,
    description:
      'How its days come. Left out, the usual way of its source: for FACEBOOK, UPLOAD or, with a bucket, BUCKET.',
  })
  origin?: Feed['origin'] | null;

  @Field(() => String, { description: 'Its name, unique for the client.' })
  name!: string;

  @Field(() => String, { nullable: true, description: bucket })
  bucket?: string | null;

  @Field(() => String, { nullable: true, description: keyPattern })
  keyPattern?: string | null;

  @Field(() => String, { nullable: true, description: advertiserId })
  advertiserId?: string | null;

  @Field(() => ID, { nullable: true, description: credentialId })
  credentialId?: string | null;

  @Field(() => FileModeEnum, { nullable: true, description: 'LATEST where left out.' })
  fileMode?: Feed['fileMode'] | null;

  @Field(() => String, { nullable: true, description: "The client's where left out." })
  timeZone?: string | null;

  @Field(() => String, { nullable: true, description: "The client's where left out." })
  currency?: string | null;

  @Field(() => Int, { nullable: true, description: '1 to 90; 7 where left out.' })
  lookbackDays?: number | null;

  @Field(() => Int, { nullable: true, description: `${graceMinutes} 180 where left out.` })
  graceMinutes?: number | null;

  @Field(() => Float, { nullable: true, description: `${minValidShare} 0.5 where left out.` })
  minValidShare?: number | null;

  @Field(() => Float, { nullable: true, description: `${holdBelowShare} 0.5 where left out.` })
  holdBelowShare?: number | null;

  @Field(() => String, { nullable: true, description: 'Calls with the same key make one feed.' })
  idempotencyKey?: string | null;
}

@InputType()
export class UpdateFeedInput implements FeedChanges {
  @Field(() => ID, { description: 'The feed.' })
  id!: string;

  @Field(() => String, { nullable: true, description: 'A new name.' })
  name?: string | null;

  @Field(() => String, { nullable: true, description: 'Another bucket.' })
  bucket?: string | null;

  @Field(() => String, { nullable: true, description: keyPattern })
  keyPattern?: string | null;

  @Field(() => String, { nullable: true, description: 'Another advertiser.' })
  advertiserId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Another credential.' })
  credentialId?: string | null;

  @Field(() => Boolean, {
    defaultValue: false,
    description: "Take its credential away: its bucket is read with the deployment's own keys.",
  })
  useDeploymentKey!: boolean;

  @Field(() => FileModeEnum, { nullable: true, description: 'Another file mode.' })
  fileMode?: Feed['fileMode'] | null;

  @Field(() => String, { nullable: true, description: 'Another time zone.' })
  timeZone?: string | null;

  @Field(() => String, { nullable: true, description: "The client's currency." })
  currency?: string | null;

  @Field(() => Int, { nullable: true, description: '1 to 90 days.' })
  lookbackDays?: number | null;

  @Field(() => Int, { nullable: true, description: graceMinutes })
  graceMinutes?: number | null;

  @Field(() => Float, { nullable: true, description: minValidShare })
  minValidShare?: number | null;

  @Field(() => Float, { nullable: true, description: holdBelowShare })
  holdBelowShare?: number | null;
}

@ObjectType({ description: 'A feed that was added or changed.' })
export class FeedPayload {
  @Field(() => FeedType, { description: 'The feed as it is now.' })
  feed!: Feed;
}
