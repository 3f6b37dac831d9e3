import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import type { SliceTotals } from '../domain/ingestion/slice-totals.ts';
import type { NewUpload } from '../domain/upload/create-upload.ts';
import { type Upload, uploadModes, uploadStates } from '../domain/upload/upload.entity.ts';
import type {
  PreviewedDay,
  PreviewedRule,
  UploadPreview,
} from '../domain/upload/upload-preview.ts';
import { MappedColumnInput, MappedColumnType } from './column-mapping.type.ts';
import { connectionOf } from './connection.ts';
import { enumOf } from './enum-of.ts';
import { RunSliceStatusEnum } from './ingestion-enums.ts';
import { RuleCountType, SliceTotalsType } from './ingestion-run.type.ts';
import { NodeType } from './node.ts';
import { BigIntScalar, DateScalar, DateTimeScalar } from './scalars.ts';

export const UploadStateEnum = enumOf(
  uploadStates,
  'UploadState',
  'What has become of an upload.',
  {
    AWAITING_FILE: 'Its file can be sent.',
    RECEIVING: 'Its file is being sent.',
    PREVIEWING: 'Its file is being looked at.',
    READY: 'It was looked at, and can be confirmed.',
    REFUSED: 'Its file cannot be used; the reason tells why.',
    FAILED:
      'It could not be looked at: something went wrong on our side, or the job was cancelled.',
    CONFIRMED: 'Its run loads it, or has done so.',
    DISCARDED: 'Somebody gave it up.',
    EXPIRED: 'Its file did not come in time, or nobody confirmed it within 7 days.',
  },
);
const UploadModeEnum = enumOf(uploadModes, 'UploadMode', 'When an uploaded file is loaded.', {
  WHEN_CONFIRMED: 'Once somebody confirms it.',
  WHEN_NEW: 'At once where it overwrites no data; else once somebody confirms it.',
  ALWAYS: 'At once.',
});

@ObjectType('PreviewSample', { description: 'One of the rows that broke a rule.' })
class PreviewSampleType {
  @Field(() => Int, { description: 'Line of the file that it begins on; the header is line 1.' })
  line!: number;

  @Field(() => String, { description: 'The reason in words.' })
  message!: string;
}

@ObjectType('PreviewedRule', { description: 'Rows of a file that broke one rule.' })
class PreviewedRuleType implements PreviewedRule {
  @Field(() => String, { description: 'The rule.' })
  rule!: string;

  @Field(() => Int, { description: 'How many rows.' })
  rows!: number;

  @Field(() => [PreviewSampleType], { description: 'The first of them, at most 3.' })
  samples!: PreviewedRule['samples'];
}

@ObjectType('PreviewedDay', { description: 'What loading one day of an uploaded file would do.' })
class PreviewedDayType implements PreviewedDay {
  @Field(() => DateScalar, { description: 'The day.' })
  date!: string;

  @Field(() => RunSliceStatusEnum, { description: 'What would become of it.' })
  status!: PreviewedDay['status'];

  @Field(() => String, {
    nullable: true,
    description: 'Why it would not be applied; or what is odd about it.',
  })
  reason!: string | null;

  @Field(() => Int, { description: 'The version of its data now; 0 where there are none.' })
  version!: number;

  @Field(() => Int, { description: 'Rows in the file.' })
  rowsRead!: number;

  @Field(() => Int, { description: 'Rows that break a rule.' })
  rowsRejected!: number;

  @Field(() => Int, {
    description: 'Rows that would be added to another one of the same creative.',
  })
  rowsMerged!: number;

  @Field(() => SliceTotalsType, { nullable: true, description: 'The day as it is now.' })
  totalsBefore!: SliceTotals | null;

  @Field(() => SliceTotalsType, { nullable: true, description: 'The day as the file has it.' })
  totalsAfter!: SliceTotals | null;
}

@ObjectType('UploadPreview', {
  description: 'What is in an uploaded file, and what loading it would change.',
})
class UploadPreviewType implements UploadPreview {
  @Field(() => Int, { description: 'Rows in the file.' })
  rowsRead!: number;

  @Field(() => Int, { description: 'Rows that break a rule.' })
  rowsRejected!: number;

  @Field(() => [PreviewedRuleType], { description: 'Those by rule; a row may break several.' })
  rejections!: PreviewedRule[];

  @Field(() => [RuleCountType], { description: 'Rows that break a rule taken as a warning.' })
  warnings!: UploadPreview['warnings'];

  @Field(() => [MappedColumnType], { description: 'The columns that are read.' })
  columns!: UploadPreview['columns'];

  @Field(() => [String], { description: 'Headers of columns that are passed over.' })
  otherColumns!: string[];

  @Field(() => [String], { description: 'What somebody should know of the file.' })
  remarks!: string[];

  @Field(() => [PreviewedDayType], { description: 'Every day that it has rows of, in order.' })
  days!: PreviewedDay[];
}

type Fields = Pick<
  Upload,
  | ('fileName' | 'declaredBytes' | 'sizeBytes' | 'sha256' | 'applies' | 'reason' | 'preview')
  | ('receivedAt' | 'createdAt' | 'expiresAt')
>;

@ObjectType('Upload', {
  implements: NodeType,
  description:
    'A file that somebody uploads to a feed: looked at first, and loaded once confirmed.',
})
export class UploadType extends NodeType implements Fields {
  @Field(() => String, { description: 'What the file is called.' })
  fileName!: string;

  @Field(() => BigIntScalar, { description: 'Bytes that were announced.' })
  declaredBytes!: number;

  @Field(() => BigIntScalar, { nullable: true, description: 'Bytes that came.' })
  sizeBytes!: number | null;

  @Field(() => String, { nullable: true, description: 'SHA-256 of what came, as hex.' })
  sha256!: string | null;

  @Field(() => UploadModeEnum, { description: 'When it is loaded.' })
  applies!: Fields['applies'];

  @Field(() => String, {
    nullable: true,
    description: 'Why it is REFUSED or FAILED or, of a READY one, was not loaded by itself.',
  })
  reason!: string | null;

  @Field(() => UploadPreviewType, {
    nullable: true,
    description: 'What was found in it; of a refused file, as far as it could be read.',
  })
  preview!: UploadPreview | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When the file had come.' })
  receivedAt!: Date | null;

  @Field(() => DateTimeScalar, { description: 'When it was announced.' })
  createdAt!: Date;

  @Field(() => DateTimeScalar, { description: 'Until when it can be confirmed.' })
  expiresAt!: Date;
}

export const UploadConnection = connectionOf(() => UploadType, 'Upload');

@InputType()
export class CreateUploadInput implements Omit<NewUpload, 'applies'> {
  @Field(() => ID, { description: 'The feed, of whatever source.' })
  feedId!: string;

  @Field(() => String, { description: 'What the file is called: no folders.' })
  fileName!: string;

  @Field(() => Int, { description: 'Its size in bytes, at most 52,428,800 (50 MB).' })
  sizeBytes!: number;

  @Field(() => String, { nullable: true, description: 'Its SHA-256 as hex, to be compared.' })
  sha256?: string | null;

  @Field(() => ID, {
    nullable: true,
    description:
      "A saved mapping of the feed's client and source. Left out, the one for files with its header.",
  })
  columnMappingId?: string | null;

  @Field(() => [MappedColumnInput], {
    nullable: true,
    description: 'Columns mapped for this file alone, instead.',
  })
  columns?: MappedColumnInput[] | null;

  @Field(() => String, {
    nullable: true,
    description: 'The sheet of a workbook, where it is not the first that has the header.',
  })
  sheet?: string | null;

  @Field(() => UploadModeEnum, {
    nullable: true,
    description: 'When it is loaded; WHEN_CONFIRMED where left out.',
  })
  applies?: NewUpload['applies'] | null;

  @Field(() => String, { nullable: true, description: 'Calls with the same key make one upload.' })
  idempotencyKey?: string | null;
}

@ObjectType({ description: 'An upload that was announced, and where its file is to be sent.' })
export class CreateUploadPayload {
  @Field(() => UploadType, { description: 'The upload.' })
  upload!: Upload;

  @Field(() => String, {
    description:
      "On the API's own host: send the file there by PUT, as it is, with its Content-Length and no other header. It takes one file of just the announced size, once, while the session or token stands that asked for it.",
  })
  path!: string;

  @Field(() => DateTimeScalar, { description: 'When the link ends.' })
  expiresAt!: Date;
}

@ObjectType({ description: 'An upload that was changed.' })
export class UploadPayload {
  @Field(() => UploadType, { description: 'The upload as it is now.' })
  upload!: Upload;
}
