import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { ColumnMapping } from '../domain/column-mapping/column-mapping.entity.ts';
import type { Feed } from '../domain/feed/feed.entity.ts';
import { fromGlobalId } from '../domain/global-id.ts';
import type { IngestionRun } from '../domain/ingestion/ingestion-run.entity.ts';
import type { JobRun } from '../domain/job/job-run.entity.ts';
import type { Page } from '../domain/paging.ts';
import { confirmUpload } from '../domain/upload/confirm-upload.ts';
import { createUpload } from '../domain/upload/create-upload.ts';
import { discardUpload } from '../domain/upload/discard-upload.ts';
import { listUploads } from '../domain/upload/list-uploads.ts';
import { previewUpload } from '../domain/upload/preview-upload.ts';
import { type Upload, type UploadState, uploadState } from '../domain/upload/upload.entity.ts';
import { linkToUpload } from '../domain/upload/upload-link.ts';
import { ingestFeed } from '../jobs/ingest-feed.job.ts';
import { previewUpload as previewUploadJob } from '../jobs/preview-upload.job.ts';
import { ownerOf } from '../jobs/receive-upload.ts';
import { ColumnMappingType } from '../schema/column-mapping.type.ts';
import { PageArgs } from '../schema/connection.ts';
import { FeedType } from '../schema/feed.type.ts';
import { IngestionRunType } from '../schema/ingestion-run.type.ts';
import { JobRunType } from '../schema/job-run.type.ts';
import {
  CreateUploadInput,
  CreateUploadPayload,
  UploadConnection,
  UploadPayload,
  UploadStateEnum,
  UploadType,
} from '../schema/upload.type.ts';
import { Requires } from './authorize.ts';
import type { GraphContext } from './context.ts';

@Resolver(() => UploadType)
export class UploadResolver {
  @Query(() => UploadConnection, { description: 'Uploads, the newest first.' })
  @Requires('ANALYST')
  async uploads(
    @Arg('feedId', () => ID, { nullable: true, description: 'Only those to this feed.' })
    feedId: string | null,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() context: GraphContext,
  ): Promise<Page<Upload>> {
    return listUploads(await context.em(), feedId && fromGlobalId('Feed', feedId), page);
  }

  @FieldResolver(() => UploadStateEnum, { description: 'What has become of it.' })
  async state(@Root() upload: Upload, @Ctx() { loaders }: GraphContext): Promise<UploadState> {
    return uploadState(upload, await loaders.now());
  }

  @FieldResolver(() => FeedType, { nullable: true, description: 'The feed that it is for.' })
  feed(@Root() { feedId }: Upload, @Ctx() { loaders }: GraphContext): Promise<Feed | null> {
    return loaders.feed.load(feedId);
  }

  @FieldResolver(() => ColumnMappingType, {
    nullable: true,
    description: 'The saved mapping that it is read by, chosen or found by its header.',
  })
  async columnMapping(
    @Root() { columnMappingId: id }: Upload,
    @Ctx() { loaders }: GraphContext,
  ): Promise<ColumnMapping | null> {
    return id ? loaders.columnMapping.load(id) : null;
  }

  @FieldResolver(() => JobRunType, {
    nullable: true,
    description: 'The job that looks at it, once its file has come: watch this, or cancel it.',
  })
  async previewJob(
    @Root() { jobRunId: id }: Upload,
    @Ctx() { loaders }: GraphContext,
  ): Promise<JobRun | null> {
    return id ? loaders.jobRun.load(id) : null;
  }

  @FieldResolver(() => IngestionRunType, {
    nullable: true,
    description: 'The run that loads it, once it is confirmed.',
  })
  async run(
    @Root() { runId: id }: Upload,
    @Ctx() { loaders }: GraphContext,
  ): Promise<IngestionRun | null> {
    return id ? loaders.run.load(id) : null;
  }

  @Mutation(() => CreateUploadPayload, {
    description: 'Announce a file to be uploaded to a feed, and get the link that takes it.',
  })
  @Requires('ADMIN', 'INGEST')
  createUpload(
    @Arg('input', () => CreateUploadInput, { description: 'The file.' })
    { feedId, columnMappingId: mappingId, ...input }: CreateUploadInput,
    @Ctx() context: GraphContext,
  ): Promise<CreateUploadPayload> {
    const { sources, cipher } = context.services;
    const wanted = {
      ...{ ...input, applies: input.applies ?? ('WHEN_CONFIRMED' as const) },
      feedId: fromGlobalId('Feed', feedId),
      columnMappingId: mappingId == null ? null : fromGlobalId('ColumnMapping', mappingId),
    };
    return context.mutate(async (em, actor) => {
      const upload = await createUpload(em, actor, sources, wanted);
      const path = linkToUpload(actor, cipher, upload);
      return { upload, path, expiresAt: upload.linkExpiresAt };
    });
  }

  @Mutation(() => UploadPayload, {
    description: 'Have a file looked at again: its days have moved on since, say.',
  })
  @Requires('ADMIN', 'INGEST')
  previewUpload(
    @Arg('id', () => ID, { description: 'The upload.' }) id: string,
    @Ctx() context: GraphContext,
  ): Promise<UploadPayload> {
    const uploadId = fromGlobalId('Upload', id);
    return context.mutate(async (em, actor, { add }) => ({
      upload: await previewUpload(em, actor, uploadId, (upload) =>
        add(previewUploadJob, { uploadId }, ownerOf(upload, actor)),
      ),
    }));
  }

  @Mutation(() => UploadPayload, {
    description:
      'Have a file loaded as it was previewed; a CONFLICT where a day has moved on since. Confirming twice makes one run.',
  })
  @Requires('ADMIN', 'INGEST')
  confirmUpload(
    @Arg('id', () => ID, { description: 'The upload.' }) id: string,
    @Ctx() context: GraphContext,
  ): Promise<UploadPayload> {
    return context.mutate(async (em, actor, { add }) => ({
      upload: await confirmUpload(em, actor, fromGlobalId('Upload', id), (run) =>
        add(ingestFeed, { runId: run.id }, ownerOf(run, actor)),
      ),
    }));
  }

  @Mutation(() => UploadPayload, {
    description: 'Give up an upload. Its file is removed; giving it up twice changes nothing.',
  })
  @Requires('ADMIN', 'INGEST')
  discardUpload(
    @Arg('id', () => ID, { description: 'The upload.' }) id: string,
    @Ctx() context: GraphContext,
  ): Promise<UploadPayload> {
    return context.mutate(async (em, actor) => ({
      upload: await discardUpload(em, actor, fromGlobalId('Upload', id)),
    }));
  }
}
