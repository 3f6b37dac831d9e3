import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Client } from '../domain/client/client.entity.ts';
import { askForReport } from '../domain/client-report/begin-report.ts';
import type { ReportChanges } from '../domain/client-report/find-changes.ts';
import { IssuedReport } from '../domain/client-report/issued-report.entity.ts';
import { listIssuedReports } from '../domain/client-report/list-reports.ts';
import { ReportDefinition } from '../domain/client-report/report-definition.entity.ts';
import type { ReportDelivery } from '../domain/client-report/report-delivery.ts';
import { File } from '../domain/file/file.entity.ts';
import { fromGlobalId } from '../domain/global-id.ts';
import type { JobRun } from '../domain/job/job-run.entity.ts';
import type { Page } from '../domain/paging.ts';
import { issueReport } from '../jobs/issue-report.job.ts';
import { ClientType } from '../schema/client.type.ts';
import { FileType } from '../schema/file.type.ts';
import {
  IssuedReportArgs,
  IssuedReportConnection,
  IssuedReportType,
  IssueReportInput,
  IssueReportPayload,
  ReportChangesType,
  ReportDeliveryType,
  ReportFigure,
} from '../schema/issued-report.type.ts';
import { JobRunType } from '../schema/job-run.type.ts';
import { ReportDefinitionType } from '../schema/report-definition.type.ts';
import { Requires } from './authorize.ts';
import { changeOnce } from './change-once.ts';
import type { GraphContext } from './context.ts';

@Resolver(() => IssuedReportType)
export class IssuedReportResolver {
  @Query(() => IssuedReportConnection, {
    description:
      'Reports as they were issued and, for analysts, those about to be; the newest first.',
  })
  @Requires('CLIENT')
  async issuedReports(
    @Args(() => IssuedReportArgs) { filter, ...page }: IssuedReportArgs,
    @Ctx() context: GraphContext,
  ): Promise<Page<IssuedReport>> {
    const { clientId, reportDefinitionId: id } = filter ?? {};
    const wanted = {
      clientId: clientId ? fromGlobalId('Client', clientId, 'clientId') : null,
      definitionId: id ? fromGlobalId('ReportDefinition', id, 'reportDefinitionId') : null,
    };
    return listIssuedReports(await context.em(), await context.viewer(), wanted, page);
  }

  @Mutation(() => IssueReportPayload, {
    description: 'Have a report issued and mailed to whom it goes. Its job tells its progress.',
  })
  @Requires('ANALYST')
  async issueReport(
    @Arg('input', () => IssueReportInput, { description: 'Which, and of which days.' })
    { idempotencyKey: key, reportDefinitionId, range }: IssueReportInput,
    @Ctx() context: GraphContext,
  ): Promise<IssueReportPayload> {
    const definitionId = fromGlobalId('ReportDefinition', reportDefinitionId, 'reportDefinitionId');
    const input = { definitionId, range: range ?? null };
    const call = { operation: 'issueReport', key, input };
    const issuedReport = await changeOnce(context, IssuedReport, call, (em, actor, outbox) =>
      askForReport(em, actor, input, ({ organizationId, clientId }) => {
        const { userId: requestedBy, origin } = actor;
        const owner = { organizationId, clientId, requestedBy, requestId: origin.requestId };
        return outbox.add(issueReport, { definitionId }, owner);
      }),
    );
    return { issuedReport };
  }

  @FieldResolver(() => ClientType, { nullable: true, description: 'The client.' })
  client(
    @Root() { clientId }: IssuedReport,
    @Ctx() { loaders }: GraphContext,
  ): Promise<Client | null> {
    return loaders.client.load(clientId);
  }

  @FieldResolver(() => ReportDefinitionType, {
    nullable: true,
    description: 'What it was made of, as that is by now.',
  })
  @Requires('ANALYST')
  definition(
    @Root() { definitionId }: IssuedReport,
    @Ctx() { loaders }: GraphContext,
  ): Promise<ReportDefinition | null> {
    return loaders.byId(ReportDefinition).load(definitionId);
  }

  @FieldResolver(() => JobRunType, {
    nullable: true,
    description: 'The job that issues it, to be watched by `jobProgress`.',
  })
  @Requires('ANALYST')
  jobRun(
    @Root() { jobRunId }: IssuedReport,
    @Ctx() { loaders }: GraphContext,
  ): Promise<JobRun | null> | null {
    return jobRunId ? loaders.jobRun.load(jobRunId) : null;
  }

  @FieldResolver(() => FileType, {
    nullable: true,
    description: 'Its file, which `createFileLink` opens; null until it is issued.',
  })
  file(
    @Root() { fileId }: IssuedReport,
    @Ctx() { loaders }: GraphContext,
  ): Promise<File | null> | null {
    return fileId ? loaders.byId(File).load(fileId) : null;
  }

  @FieldResolver(() => [ReportFigure], {
    nullable: true,
    description: 'What it says of all of its days; null until it is issued.',
  })
  figures(@Root() { figures, metrics }: IssuedReport): ReportFigure[] | null {
    return (
      figures && metrics.map((metric) => ({ metric, value: figures.totals?.[metric] ?? null }))
    );
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'ISO 4217 code of its amounts; null until it is issued.',
  })
  currency(@Root() { figures }: IssuedReport): string | undefined {
    return figures?.currency;
  }

  @FieldResolver(() => [ReportDeliveryType], { description: 'To whom it was mailed.' })
  @Requires('ANALYST')
  deliveries(
    @Root() { id }: IssuedReport,
    @Ctx() { loaders }: GraphContext,
  ): Promise<ReportDelivery[]> {
    return loaders.deliveriesOfReport(id, {});
  }

  @FieldResolver(() => ReportChangesType, {
    description: 'What was restated since it was issued; the report itself stays as it is.',
  })
  changesSince(
    @Root() { id }: IssuedReport,
    @Ctx() { loaders }: GraphContext,
  ): Promise<ReportChanges> {
    return loaders.changesOfReport(id, {});
  }
}
