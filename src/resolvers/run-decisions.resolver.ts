import { Arg, Ctx, ID, Mutation, Resolver } from 'type-graphql';
import type { Actor } from '../domain/audit-log/record-change.ts';
import { fromGlobalId } from '../domain/global-id.ts';
import { approveHeldRun } from '../domain/ingestion/approve-held-run.ts';
import { discardHeldRun } from '../domain/ingestion/discard-held-run.ts';
import { IngestionRun } from '../domain/ingestion/ingestion-run.entity.ts';
import { resolveRun } from '../domain/ingestion/resolve-run.ts';
import { resubmitRejects } from '../domain/ingestion/resubmit-rejects.ts';
import { retryRun } from '../domain/ingestion/retry-run.ts';
import { revertRun } from '../domain/ingestion/revert-run.ts';
import type { EnqueueIngestion } from '../domain/ingestion/start-ingestion.ts';
import type { Outbox } from '../jobs/enqueue.ts';
import { ingestFeed } from '../jobs/ingest-feed.job.ts';
import { retryJob } from '../jobs/retry-job.ts';
import { tellOfAlerts } from '../jobs/tell-of-alerts.ts';
import { IngestionRunPayload } from '../schema/ingestion-run.type.ts';
import { ResolveRunInput, ResubmitRejectsInput } from '../schema/ingestion-run-input.type.ts';
import { Requires } from './authorize.ts';
import { changeOnce } from './change-once.ts';
import type { GraphContext } from './context.ts';

const idOfRun = { description: 'The run.' };
const keyOfCall = {
  nullable: true,
  description: 'Calls with the same key do it once.',
};

/** What people decide about runs that have ended. */
@Resolver()
export class RunDecisionsResolver {
  @Mutation(() => IngestionRunPayload, {
    description: 'Apply what a run held back. The run that does so is returned.',
  })
  @Requires('ADMIN')
  approveHeldRun(
    @Arg('id', () => ID, idOfRun) id: string,
    @Arg('idempotencyKey', () => String, keyOfCall) key: string | null,
    @Ctx() context: GraphContext,
  ): Promise<IngestionRunPayload> {
    const runId = fromGlobalId('IngestionRun', id);
    return decide(context, 'approveHeldRun', { runId }, key, (em, actor, outbox) =>
      approveHeldRun(em, actor, runId, enqueueBy(context, actor, outbox)),
    );
  }

  @Mutation(() => IngestionRunPayload, {
    description:
      'Decide against what a run held back: the days stay as they are, and schedules leave its files alone.',
  })
  @Requires('ADMIN')
  discardHeldRun(
    @Arg('id', () => ID, idOfRun) id: string,
    @Arg('idempotencyKey', () => String, keyOfCall) key: string | null,
    @Ctx() context: GraphContext,
  ): Promise<IngestionRunPayload> {
    const runId = fromGlobalId('IngestionRun', id);
    return decide(context, 'discardHeldRun', { runId }, key, async (em, actor, outbox) => {
      const run = await discardHeldRun(em, actor, runId);
      await tellOfAlerts(em, outbox.add, actor.organizationId, false);
      return run;
    });
  }

  @Mutation(() => IngestionRunPayload, {
    description:
      'Try again what a run did not load: itself where it failed or was cancelled, else in a new run of the days that failed or had no file.',
  })
  @Requires('ADMIN', 'INGEST')
  retryRun(
    @Arg('id', () => ID, idOfRun) id: string,
    @Arg('idempotencyKey', () => String, keyOfCall) key: string | null,
    @Ctx() context: GraphContext,
  ): Promise<IngestionRunPayload> {
    const runId = fromGlobalId('IngestionRun', id);
    return decide(context, 'retryRun', { runId }, key, (em, actor, outbox) =>
      retryRun(
        em,
        actor,
        runId,
        (jobRunId) => retryJob(em, actor, outbox, jobRunId),
        enqueueBy(context, actor, outbox),
      ),
    );
  }

  @Mutation(() => IngestionRunPayload, {
    description:
      'Have the days that a run applied built from the files of before again. The run that does so is returned, and can be reverted as any; schedules leave the files of the reverted run alone.',
  })
  @Requires('ADMIN')
  revertRun(
    @Arg('id', () => ID, idOfRun) id: string,
    @Arg('idempotencyKey', () => String, keyOfCall) key: string | null,
    @Ctx() context: GraphContext,
  ): Promise<IngestionRunPayload> {
    const runId = fromGlobalId('IngestionRun', id);
    const { store } = context.services;
    return decide(context, 'revertRun', { runId }, key, (em, actor, outbox) =>
      revertRun(em, actor, runId, store, enqueueBy(context, actor, outbox)),
    );
  }

  @Mutation(() => IngestionRunPayload, {
    description:
      'Have rejected rows, corrected, become part of their days. The run that does so is returned. A newer file of a day is its whole truth again.',
  })
  @Requires('ADMIN', 'INGEST')
  resubmitRejects(
    @Arg('input', () => ResubmitRejectsInput, { description: 'The run, and its rejects.' })
    { idempotencyKey, csv, ...input }: ResubmitRejectsInput,
    @Ctx() context: GraphContext,
  ): Promise<IngestionRunPayload> {
    const corrected = { csv, runId: fromGlobalId('IngestionRun', input.runId, 'runId') };
    const { store } = context.services;
    return decide(context, 'resubmitRejects', corrected, idempotencyKey, (em, actor, outbox) =>
      resubmitRejects(em, actor, corrected, store, enqueueBy(context, actor, outbox)),
    );
  }

  @Mutation(() => IngestionRunPayload, {
    description: 'Note that what went wrong with a run is dealt with, and how.',
  })
  @Requires('ADMIN')
  resolveRun(
    @Arg('input', () => ResolveRunInput, { description: 'The run, and the note.' })
    { idempotencyKey, note, ...input }: ResolveRunInput,
    @Ctx() context: GraphContext,
  ): Promise<IngestionRunPayload> {
    const resolved = { note, runId: fromGlobalId('IngestionRun', input.runId, 'runId') };
    return decide(context, 'resolveRun', resolved, idempotencyKey, (em, actor) =>
      resolveRun(em, actor, resolved.runId, note),
    );
  }
}

async function decide(
  context: GraphContext,
  operation: string,
  input: object,
  key: string | null | undefined,
  change: Parameters<typeof changeOnce<IngestionRun>>[3],
): Promise<IngestionRunPayload> {
  return { run: await changeOnce(context, IngestionRun, { operation, key, input }, change) };
}

/** Sends the jobs of runs. @param priority 0 is behind all other work. */
export function enqueueBy(
  context: GraphContext,
  { userId }: Actor,
  { add }: Outbox,
  priority?: number,
): EnqueueIngestion {
  const { requestId } = context.origin;
  return ({ id, organizationId, clientId }) => {
    const owner = { organizationId, clientId, requestedBy: userId, requestId };
    return add(
      ingestFeed,
      { runId: id },
      { ...owner, ...(priority !== undefined && { priority }) },
    );
  };
}
