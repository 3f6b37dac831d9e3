import { Field, ID, InputType } from 'type-graphql';
import { type ReportFormat, reportFormats } from '../domain/aeo-report/audit-report.ts';
import { enumOf } from './enum-of.ts';

const AeoReportFormatEnum = enumOf(
  reportFormats,
  'AeoReportFormat',
  'What a report of an audit can be.',
  {
    PDF: 'A document for reading.',
    XLSX: 'A workbook: a sheet for each level, and one with a row for each answer.',
    JSON: 'All of it, with what answers say.',
    CSV: 'A line for each answer and brand.',
  },
);

@InputType({ description: 'Which report of which audit.' })
export class ExportAeoAuditInput {
  @Field(() => ID, { description: 'The audit; it has to have ended.' })
  auditId!: string;

  @Field(() => AeoReportFormatEnum, { description: 'As what.' })
  format!: ReportFormat;

  @Field(() => String, {
    defaultValue: 'en',
    description: 'How a PDF writes numbers and days, such as `de-DE`.',
  })
  locale!: string;

  @Field(() => String, { nullable: true, description: 'Calls with the same key make one report.' })
  idempotencyKey?: string | null;
}
