import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { LocalDate } from '../domain/calendar.ts';
import type { Client } from '../domain/client/client.entity.ts';
import type { File } from '../domain/file/file.entity.ts';
import { mayReadFile } from '../domain/file/read-files.ts';
import { fromGlobalId } from '../domain/global-id.ts';
import { once } from '../domain/idempotency/once.ts';
import { cancelJob } from '../domain/job/cancel-job.ts';
import type { JobRun } from '../domain/job/job-run.entity.ts';
import type { DimensionKey } from '../domain/metric-rows/dimensions.ts';
import type { MetricKey } from '../domain/metrics/registry.ts';
import { createExport } from '../domain/metrics-export/create-export.ts';
import type { MetricsExport } from '../domain/metrics-export/metrics-export.entity.ts';
import { findExport, listExports } from '../domain/metrics-export/read-exports.ts';
import { settleExport } from '../domain/metrics-export/settle-export.ts';
import type { Page } from '../domain/paging.ts';
import { exportMetrics } from '../jobs/export-metrics.job.ts';
import { ClientType } from '../schema/client.type.ts';
import { PageArgs } from '../schema/connection.ts';
import { FileType } from '../schema/file.type.ts';
import { JobRunType } from '../schema/job-run.type.ts';
import { DimensionEnum, MetricNameEnum } from '../schema/metrics-enums.ts';
import {
  ExportMetricsInput,
  MetricsExportConnection,
  MetricsExportPayload,
  MetricsExportType,
} from '../schema/metrics-export.type.ts';
import { DateScalar } from '../schema/scalars.ts';
import { actUponOneself } from './act-upon-oneself.ts';
import { Requires } from './authorize.ts';
import type { GraphContext } from './context.ts';
import { ownFilters, rowOrder } from './own-filters.ts';

@Resolver(() => MetricsExportType)
export class MetricsExportResolver {
  @Query(() => MetricsExportConnection, {
    description:
      "Exports that one asked for and, for an administrator, all of the organization's; the newest first.",
  })
  @Requires('CLIENT')
  async metricsExports(
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() context: GraphContext,
  ): Promise<Page<MetricsExport>> {
    return listExports(await context.em(), await context.viewer(), page);
  }

  @Mutation(() => MetricsExportPayload, {
    description:
      'Have the rows of a metric query made into a file, for a week. Who asked is mailed once it is there; `createFileLink` fetches it.',
  })
  @Requires('CLIENT')
  async exportMetrics(
    @Arg('input', () => ExportMetricsInput, { description: 'Which rows, and as what.' })
    { idempotencyKey, ...input }: ExportMetricsInput,
    @Ctx() context: GraphContext,
  ): Promise<MetricsExportPayload> {
    const { format, orderBy, options, filters, grain = null, ...rows } = input;
    const viewer = await context.viewer();
    const settled = await settleExport(await context.em(), viewer, {
      ...{ format, order: rowOrder(orderBy), options: options ?? {} },
      rows: { ...rows, grain, filters: ownFilters(filters ?? {}) },
    });
    // Somebody else's is not theirs, though they hit upon the same key.
    const own = { ...input, requestedBy: viewer.userId };
    const call = { operation: 'exportMetrics', key: idempotencyKey, input: own };
    return actUponOneself(context, async (em, actor, outbox) => {
      const id = await once(em, actor, call, async () => {
        const made = await createExport(em, actor, settled, ({ id: exportId, ...owner }) =>
          outbox.add(exportMetrics, { exportId }, { ...owner, requestId: actor.origin.requestId }),
        );
        return made.id;
      });
      return { metricsExport: await findExport(em, actor, id) };
    });
  }

  @Mutation(() => MetricsExportPayload, {
    description: 'Ask that the making of an export end; one that is made stays as it is.',
  })
  @Requires('CLIENT')
  async cancelMetricsExport(
    @Arg('id', () => ID, { description: 'The export.' }) id: string,
    @Ctx() context: GraphContext,
  ): Promise<MetricsExportPayload> {
    const exportId = fromGlobalId('MetricsExport', id, 'id');
    const { metricsExport, jobRun } = await actUponOneself(context, async (em, actor) => {
      const metricsExport = await findExport(em, actor, exportId);
      return { metricsExport, jobRun: await cancelJob(em, actor, metricsExport.jobRunId ?? '') };
    });
    const { id: jobRunId, sequence } = jobRun;
    await context.services.announcer.announce({ jobRunId, sequence, isWish: true });
    return { metricsExport };
  }

  @FieldResolver(() => ClientType, {
    nullable: true,
    description: 'The client that it is of; null where it is not of one alone.',
  })
  client(
    @Root() { clientId }: MetricsExport,
    @Ctx() { loaders }: GraphContext,
  ): Promise<Client | null> | null {
    return clientId ? loaders.client.load(clientId) : null;
  }

  @FieldResolver(() => JobRunType, {
    nullable: true,
    description:
      'Its job, to be watched by `jobProgress`; null for who sees some clients only, where it is of several.',
  })
  jobRun(
    @Root() { jobRunId }: MetricsExport,
    @Ctx() { loaders }: GraphContext,
  ): Promise<JobRun | null> | null {
    return jobRunId ? loaders.jobRun.load(jobRunId) : null;
  }

  @FieldResolver(() => FileType, {
    nullable: true,
    description: 'Its file, while it is there; null before it is whole and once it has expired.',
  })
  async file(
    @Root() { jobRunId }: MetricsExport,
    @Ctx() context: GraphContext,
  ): Promise<File | null> {
    const files = jobRunId ? await context.loaders.filesOfJobRun.load(jobRunId) : [];
    const viewer = await context.viewer();
    return files.find((file) => mayReadFile(viewer, file)) ?? null;
  }

  @FieldResolver(() => [DimensionEnum], { description: 'What a row is for, in order.' })
  dimensions(@Root() { query }: MetricsExport): readonly DimensionKey[] {
    return query.dimensions;
  }

  @FieldResolver(() => [MetricNameEnum], { description: 'What is shown of each, in order.' })
  metrics(@Root() { query }: MetricsExport): readonly MetricKey[] {
    return query.metrics;
  }

  @FieldResolver(() => DateScalar, { description: 'First day.' })
  from(@Root() { query }: MetricsExport): LocalDate {
    return query.range.from;
  }

  @FieldResolver(() => DateScalar, { description: 'Last day.' })
  to(@Root() { query }: MetricsExport): LocalDate {
    return query.range.to;
  }
}
