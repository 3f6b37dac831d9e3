import { Field, Int, ObjectType } from 'type-graphql';
import { type ReportRequest, reportStates } from '../domain/report/report-request.entity.ts';
import { enumOf } from './enum-of.ts';
import { DateScalar, DateTimeScalar } from './scalars.ts';

const ReportStateEnum = enumOf(reportStates, 'ReportState', 'Where a report is.', {
  PLANNED: 'It is still to be asked for, or waits for the budget.',
  CREATING: 'It is being asked for.',
  PENDING: 'The platform makes it.',
  FETCHED: 'It is here.',
  FAILED: 'It will not come; `error` says why.',
});

type Fields = Pick<
  ReportRequest,
  | ('fromDate' | 'toDate' | 'state' | 'externalId' | 'requestedAt' | 'creations' | 'polls')
  | ('nextAt' | 'deadlineAt' | 'error')
>;

@ObjectType('ReportRequest', {
  description: 'A report that a platform was asked for, or is to be, for days of a run.',
})
export class ReportRequestType implements Fields {
  @Field(() => DateScalar, { description: 'Its first day.' })
  fromDate!: string;

  @Field(() => DateScalar, { description: 'Its last day.' })
  toDate!: string;

  @Field(() => ReportStateEnum, { description: 'Where it is.' })
  state!: Fields['state'];

  @Field(() => String, { nullable: true, description: "The platform's own id of it." })
  externalId!: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it was last asked for.' })
  requestedAt!: Date | null;

  @Field(() => Int, {
    description: 'How often it was asked for; more than once where no answer came.',
  })
  creations!: number;

  @Field(() => Int, { description: 'How often it was looked at, and not ready.' })
  polls!: number;

  @Field(() => DateTimeScalar, { description: 'When it is next asked or looked for.' })
  nextAt!: Date;

  @Field(() => DateTimeScalar, { description: 'When it is given up.' })
  deadlineAt!: Date;

  @Field(() => String, { nullable: true, description: 'Why it will not come.' })
  error!: string | null;
}
