import { Arg, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Feed } from '../domain/feed/feed.entity.ts';
import { fromGlobalId } from '../domain/global-id.ts';
import type { IngestionRun } from '../domain/ingestion/ingestion-run.entity.ts';
import { createPlatformCredential } from '../domain/platform-credential/create-platform-credential.ts';
import { listPlatformCredentials } from '../domain/platform-credential/list-platform-credentials.ts';
import type { PlatformCredential } from '../domain/platform-credential/platform-credential.entity.ts';
import { removePlatformCredential } from '../domain/platform-credential/remove-platform-credential.ts';
import { setBucketCredential } from '../domain/platform-credential/set-bucket-credential.ts';
import { testPlatformCredential } from '../domain/platform-credential/test-platform-credential.ts';
import { updatePlatformCredential } from '../domain/platform-credential/update-platform-credential.ts';
import type { ReportRequest } from '../domain/report/report-request.entity.ts';
import { FeedType } from '../schema/feed.type.ts';
import { IngestionRunType } from '../schema/ingestion-run.type.ts';
import {
  CreatePlatformCredentialInput,
  PlatformCredentialPayload,
  PlatformCredentialType,
  RemovePlatformCredentialPayload,
  SetBucketCredentialInput,
  UpdatePlatformCredentialInput,
} from '../schema/platform-credential.type.ts';
import { ReportRequestType } from '../schema/report-request.type.ts';
import { Requires } from './authorize.ts';
import type { GraphContext } from './context.ts';

@Resolver(() => PlatformCredentialType)
export class PlatformCredentialResolver {
  @Query(() => [PlatformCredentialType], {
    description:
      "A client's keys to platforms, or the organization's own, by name; never the keys themselves.",
  })
  @Requires('ADMIN')
  async platformCredentials(
    @Arg('clientId', () => ID, {
      nullable: true,
      description: "The client; left out, the organization's own are listed.",
    })
    clientId: string | null | undefined,
    @Ctx() context: GraphContext,
  ): Promise<PlatformCredential[]> {
    return listPlatformCredentials(
      await context.em(),
      clientId ? fromGlobalId('Client', clientId) : null,
    );
  }

  @Mutation(() => PlatformCredentialPayload, {
    description: "Keep a client's key to a platform, or the organization's own, encrypted.",
  })
  @Requires('ADMIN')
  createPlatformCredential(
    @Arg('input', () => CreatePlatformCredentialInput, { description: 'The credential.' })
    input: CreatePlatformCredentialInput,
    @Ctx() context: GraphContext,
  ): Promise<PlatformCredentialPayload> {
    const clientId = input.clientId ? fromGlobalId('Client', input.clientId) : null;
    const credential = { ...input, clientId };
    return context.mutate(async (em, actor) => ({
      credential: await createPlatformCredential(em, actor, context.services, credential),
    }));
  }

  @Mutation(() => PlatformCredentialPayload, {
    description:
      "Keep a client's key to buckets of S3, encrypted, in place of the one that had its name. Feeds that name it are read with it; `testFeed` tries it.",
  })
  @Requires('ADMIN')
  setBucketCredential(
    @Arg('input', () => SetBucketCredentialInput, { description: 'The key.' })
    input: SetBucketCredentialInput,
    @Ctx() context: GraphContext,
  ): Promise<PlatformCredentialPayload> {
    const credential = { ...input, clientId: fromGlobalId('Client', input.clientId) };
    return context.mutate(async (em, actor) => ({
      credential: await setBucketCredential(em, actor, context.services.cipher, credential),
    }));
  }

  @Mutation(() => PlatformCredentialPayload, {
    description: 'Change a credential; a new secret replaces the one before.',
  })
  @Requires('ADMIN')
  updatePlatformCredential(
    @Arg('input', () => UpdatePlatformCredentialInput, {
      description: 'What is left out stays as it is.',
    })
    { id, ...changes }: UpdatePlatformCredentialInput,
    @Ctx() context: GraphContext,
  ): Promise<PlatformCredentialPayload> {
    const credentialId = fromGlobalId('PlatformCredential', id);
    return context.mutate(async (em, actor) => ({
      credential: await updatePlatformCredential(
        em,
        actor,
        context.services,
        credentialId,
        changes,
      ),
    }));
  }

  @Mutation(() => PlatformCredentialPayload, {
    description:
      'Ask the platform whether it takes a credential. It costs nothing: neither a report nor a question.',
  })
  @Requires('ADMIN')
  async testPlatformCredential(
    @Arg('id', () => ID, { description: 'The credential.' }) id: string,
    @Ctx() context: GraphContext,
  ): Promise<PlatformCredentialPayload> {
    const transact: typeof context.readNow = (fn) => context.readNow(fn);
    const credentialId = fromGlobalId('PlatformCredential', id);
    return { credential: await testPlatformCredential(transact, context.services, credentialId) };
  }

  @Mutation(() => RemovePlatformCredentialPayload, {
    description:
      'Forget a credential that no feed, no audit under way and no set-up needs, its secret with it.',
  })
  @Requires('ADMIN')
  removePlatformCredential(
    @Arg('id', () => ID, { description: 'The credential.' }) id: string,
    @Ctx() context: GraphContext,
  ): Promise<RemovePlatformCredentialPayload> {
    return context.mutate(async (em, actor) => {
      await removePlatformCredential(em, actor, fromGlobalId('PlatformCredential', id));
      return { removedId: id };
    });
  }
}

@Resolver(() => FeedType)
export class FeedCredentialResolver {
  @FieldResolver(() => PlatformCredentialType, {
    nullable: true,
    description:
      "What its platform is asked with, or its bucket read; null where that is the deployment's own.",
  })
  @Requires('ADMIN')
  async credential(
    @Root() feed: Feed,
    @Ctx() { loaders }: GraphContext,
  ): Promise<PlatformCredential | null> {
    return feed.credentialId ? loaders.credential.load(feed.credentialId) : null;
  }
}

@Resolver(() => IngestionRunType)
export class RunReportsResolver {
  @FieldResolver(() => [ReportRequestType], {
    description: 'The reports that it asked for, by their days; none of a feed of files.',
  })
  reports(@Root() run: IngestionRun, @Ctx() { loaders }: GraphContext): Promise<ReportRequest[]> {
    return loaders.reportsOfRun.load(run.id);
  }
}
