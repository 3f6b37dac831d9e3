import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { ChangedDay, FactCause } from '../domain/client-report/find-changes.ts';
import type { ReportDelivery } from '../domain/client-report/report-delivery.ts';
import type { Feed } from '../domain/feed/feed.entity.ts';
import type { IngestionRun } from '../domain/ingestion/ingestion-run.entity.ts';
import { RunSlice } from '../domain/ingestion/run-slice.entity.ts';
import type { JobRun } from '../domain/job/job-run.entity.ts';
import { nodeEntities } from '../domain/media/node-entities.ts';
import { FeedType } from '../schema/feed.type.ts';
import { IngestionRunType } from '../schema/ingestion-run.type.ts';
import { ChangedDayType, FactCauseType, ReportDeliveryType } from '../schema/issued-report.type.ts';
import { JobRunType } from '../schema/job-run.type.ts';
import { NodeType } from '../schema/node.ts';
import { Requires } from './authorize.ts';
import type { GraphContext } from './context.ts';

@Resolver(() => ChangedDayType)
export class ChangedDayResolver {
  @FieldResolver(() => [FactCauseType], {
    description: 'What did it, in the order in which it happened.',
  })
  @Requires('ANALYST')
  causes(@Root() { causes }: ChangedDay): FactCause[] {
    return causes;
  }
}

@Resolver(() => FactCauseType)
export class FactCauseResolver {
  @FieldResolver(() => FeedType, { nullable: true, description: 'Whose day it was.' })
  feed(@Root() { feedId }: FactCause, @Ctx() { loaders }: GraphContext): Promise<Feed | null> {
    return loaders.feed.load(feedId);
  }

  @FieldResolver(() => IngestionRunType, {
    nullable: true,
    description: 'The run, of INGESTION and REVERT.',
  })
  async run(
    @Root() { cause, causeId }: FactCause,
    @Ctx() { loaders }: GraphContext,
  ): Promise<IngestionRun | null> {
    if (cause !== 'INGESTION' && cause !== 'REVERT') return null;
    const slice = await loaders.byId(RunSlice).load(causeId);
    return slice && loaders.run.load(slice.runId);
  }

  @FieldResolver(() => JobRunType, {
    nullable: true,
    description: 'The job that priced it anew, of RATE_CARD; `provenance` has the rates by now.',
  })
  jobRun(
    @Root() { cause, causeId }: FactCause,
    @Ctx() { loaders }: GraphContext,
  ): Promise<JobRun | null> | null {
    return cause === 'RATE_CARD' ? loaders.jobRun.load(causeId) : null;
  }

  @FieldResolver(() => NodeType, {
    nullable: true,
    description: 'What was merged or unmerged, of MERGE.',
  })
  async media(
    @Root() { cause, causeId }: FactCause,
    @Ctx() { loaders }: GraphContext,
  ): Promise<object | null> {
    if (cause !== 'MERGE') return null;
    const { client: _, ...media } = nodeEntities;
    const found = await Promise.all(
      Object.values(media).map((entity) => loaders.byId<{ id: string }>(entity).load(causeId)),
    );
    return found.find((node) => node !== null) ?? null;
  }
}

@Resolver(() => ReportDeliveryType)
export class ReportDeliveryResolver {
  @FieldResolver(() => String, { description: 'To whom.' })
  email(@Root() { emailCiphertext }: ReportDelivery, @Ctx() { services }: GraphContext): string {
    return services.cipher.decrypt(emailCiphertext);
  }
}
