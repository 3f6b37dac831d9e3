import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import type { IngestionRun } from '../domain/ingestion/ingestion-run.entity.ts';
import type { ListedRejectedRow } from '../domain/ingestion/list-rejected-rows.ts';
import type { RunReport } from '../domain/ingestion/report-runs.ts';
import type { RowProblem } from '../domain/ingestion/row-problem.ts';
import type { RunSlice } from '../domain/ingestion/run-slice.entity.ts';
import type { SliceTotals } from '../domain/ingestion/slice-totals.ts';
import { connectionOf } from './connection.ts';
import { DateRangeInput } from './date-range.ts';
import { RunSliceStatusEnum, RunTriggerEnum } from './ingestion-enums.ts';
import { NodeType } from './node.ts';
import { BigIntScalar, DateScalar, DateTimeScalar, DecimalScalar } from './scalars.ts';

@ObjectType('SliceTotals', { description: 'Facts of one day of one feed, summed.' })
export class SliceTotalsType implements SliceTotals {
  @Field(() => Int, { description: 'Rows kept, one for each creative.' })
  rows!: number;

  @Field(() => BigIntScalar, { description: 'Impressions.' })
  impressions!: number;

  @Field(() => BigIntScalar, { nullable: true, description: 'Clicks, where they are reported.' })
  clicks!: number | null;

  @Field(() => DecimalScalar, { nullable: true, description: 'Conversions, where reported.' })
  conversions!: string | null;

  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'Conversion revenue, where reported.',
  })
  revenue!: string | null;

  @Field(() => DecimalScalar, { description: 'Spend.' })
  spend!: string;
}

@ObjectType('RuleCount', { description: 'How many rows broke one rule.' })
export class RuleCountType {
  @Field(() => String, { description: 'The rule.' })
  rule!: string;

  @Field(() => Int, { description: 'How many rows.' })
  rows!: number;
}

type SliceFields = Pick<
  RunSlice,
  | ('date' | 'status' | 'reason' | 'version' | 'sourcePosition' | 'finishedAt')
  | ('rowsInserted' | 'rowsUpdated' | 'rowsRemoved')
  | ('rowsRead' | 'rowsRejected' | 'rowsMerged' | 'otherColumns' | 'remarks')
  | ('totalsBefore' | 'totalsAfter')
>;

@ObjectType('RunSlice', {
  implements: NodeType,
  description: 'What an ingestion run did to one day of its feed.',
})
export class RunSliceType extends NodeType implements SliceFields {
  @Field(() => DateScalar, { description: 'The day.' })
  date!: string;

  @Field(() => RunSliceStatusEnum, { description: 'What the run did to it.' })
  status!: SliceFields['status'];

  @Field(() => String, {
    nullable: true,
    description: 'Why, where it was not applied; or what is odd about it.',
  })
  reason!: string | null;

  @Field(() => Int, { nullable: true, description: "The day's version after the run." })
  version!: number | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When its newest file was written.' })
  sourcePosition!: Date | null;

  @Field(() => Int, { description: 'Rows in the files.' })
  rowsRead!: number;

  @Field(() => Int, { description: 'Rows kept aside because they broke a rule.' })
  rowsRejected!: number;

  @Field(() => Int, { description: 'Rows added to another one of the same creative.' })
  rowsMerged!: number;

  @Field(() => Int, { description: 'Creatives that the day did not have before.' })
  rowsInserted!: number;

  @Field(() => Int, { description: 'Creatives whose facts are others than before.' })
  rowsUpdated!: number;

  @Field(() => Int, { description: 'Creatives that the day has no more.' })
  rowsRemoved!: number;

  @Field(() => [String], { description: 'Headers of columns that were passed over.' })
  otherColumns!: string[];

  @Field(() => [String], {
    description: 'What somebody should know of its files, such as totals that do not add up.',
  })
  remarks!: string[];

  @Field(() => SliceTotalsType, { nullable: true, description: 'The day before the run.' })
  totalsBefore!: SliceTotals | null;

  @Field(() => SliceTotalsType, { nullable: true, description: 'The day as its files have it.' })
  totalsAfter!: SliceTotals | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When the run was done with it.' })
  finishedAt!: Date | null;
}

@ObjectType('RowProblem', { description: 'One reason why a row was rejected.' })
class RowProblemType implements Record<keyof RowProblem, string> {
  @Field(() => String, { description: 'The rule that it breaks.' })
  rule!: string;

  @Field(() => String, { description: 'The reason in words.' })
  message!: string;
}

@ObjectType('RejectedRow', { description: 'A row kept aside, as it came.' })
class RejectedRowType implements Pick<ListedRejectedRow, 'date' | 'key' | 'line' | 'cells'> {
  @Field(() => DateScalar, { description: 'The day of its file.' })
  date!: string;

  @Field(() => String, { description: 'Key of its file.' })
  key!: string;

  @Field(() => Int, { description: 'Line of the file that it begins on; the header is line 1.' })
  line!: number;

  @Field(() => [String], { description: 'Its cells.' })
  cells!: string[];

  @Field(() => [RowProblemType], { description: 'Every reason.' })
  reasons!: RowProblem[];
}

@ObjectType('RunReport', { description: 'What an ingestion run counted, over all its days.' })
export class RunReportType implements Omit<RunReport, 'runId'> {
  @Field(() => Int, { description: 'Rows in the files.' })
  rowsRead!: number;

  @Field(() => Int, { description: 'Rows kept aside because they broke a rule.' })
  rowsRejected!: number;

  @Field(() => Int, { description: 'Rows added to another one of the same creative.' })
  rowsMerged!: number;

  @Field(() => Int, { description: 'Creatives that a day did not have before.' })
  rowsInserted!: number;

  @Field(() => Int, { description: 'Creatives whose facts are others than before.' })
  rowsUpdated!: number;

  @Field(() => Int, { description: 'Creatives that a day has no more.' })
  rowsRemoved!: number;

  @Field(() => SliceTotalsType, {
    nullable: true,
    description: 'Before the run, over the days that it applied or found as they were.',
  })
  totalsBefore!: SliceTotals | null;

  @Field(() => SliceTotalsType, { nullable: true, description: 'After it, over the same days.' })
  totalsAfter!: SliceTotals | null;

  @Field(() => [RuleCountType], { description: 'Rejected rows by rule; a row may break several.' })
  rejections!: RunReport['rejections'];

  @Field(() => [RuleCountType], {
    description: 'Accepted rows that broke a rule taken as a warning.',
  })
  warnings!: RunReport['warnings'];
}

@ObjectType('StageTiming', { description: 'Time spent in one stage of a run.' })
export class StageTimingType {
  @Field(() => String, { description: 'list, fetch, stage or apply.' })
  stage!: string;

  @Field(() => Int, { description: 'Milliseconds, over all days.' })
  milliseconds!: number;
}

type RunFields = Pick<
  IngestionRun,
  ('trigger' | 'fromDate' | 'toDate' | 'createdAt') | ('resolvedAt' | 'resolutionNote')
>;

@ObjectType('IngestionRun', {
  implements: NodeType,
  description: 'One attempt to load from a feed, over one or more days.',
})
export class IngestionRunType extends NodeType implements RunFields {
  @Field(() => RunTriggerEnum, { description: 'What started it.' })
  trigger!: RunFields['trigger'];

  @Field(() => DateScalar, { description: 'First day.' })
  fromDate!: string;

  @Field(() => DateScalar, { description: 'Last day.' })
  toDate!: string;

  @Field(() => DateTimeScalar, { description: 'When it was asked for.' })
  createdAt!: Date;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When somebody noted that what went wrong is dealt with.',
  })
  resolvedAt!: Date | null;

  @Field(() => String, { nullable: true, description: 'What they noted.' })
  resolutionNote!: string | null;
}

export const IngestionRunConnection = connectionOf(() => IngestionRunType, 'IngestionRun');
export const RejectedRowConnection = connectionOf(() => RejectedRowType, 'RejectedRow');

@InputType()
export class StartIngestionInput {
  @Field(() => ID, { description: 'The feed.' })
  feedId!: string;

  @Field(() => DateScalar, { nullable: true, description: 'The one day to load.' })
  date?: string | null;

  @Field(() => DateRangeInput, {
    nullable: true,
    description: "The days to load. Without a date or a range: the feed's look-back.",
  })
  range?: DateRangeInput | null;

  @Field(() => String, { nullable: true, description: 'Calls with the same key make one run.' })
  idempotencyKey?: string | null;
}

@ObjectType({ description: 'An ingestion run that was started.' })
export class IngestionRunPayload {
  @Field(() => IngestionRunType, { description: 'The run.' })
  run!: IngestionRun;
}
