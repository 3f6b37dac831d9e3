import type { EntityManager } from '@mikro-orm/postgresql';
import {
  Arg,
  Args,
  Ctx,
  FieldResolver,
  ID,
  Mutation,
  Query,
  Resolver,
  Root,
  Subscription,
} from 'type-graphql';
import { AeoAudit } from '../domain/aeo-audit/aeo-audit.entity.ts';
import { AeoSetUp } from '../domain/aeo-audit/aeo-set-up.entity.ts';
import { listAudits } from '../domain/aeo-audit/list-audits.ts';
import type { AuditProgress } from '../domain/aeo-audit/measure-audits.ts';
import { startAudit } from '../domain/aeo-audit/start-audit.ts';
import {
  cancelAudit,
  pauseAudit,
  resumeAudit,
  retryAudit,
  type SteeredAudit,
} from '../domain/aeo-audit/steer-audit.ts';
import type { Actor } from '../domain/audit-log/record-change.ts';
import type { Client } from '../domain/client/client.entity.ts';
import { found } from '../domain/errors.ts';
import { fromGlobalId } from '../domain/global-id.ts';
import type { JobRun } from '../domain/job/job-run.entity.ts';
import type { Page } from '../domain/paging.ts';
import { runAeoAudit } from '../jobs/run-aeo-audit.job.ts';
import {
  AeoAuditArgs,
  AeoAuditConnection,
  AeoAuditPayload,
  AeoAuditProgressType,
  AeoAuditType,
} from '../schema/aeo-audit.type.ts';
import { AeoSetUpType } from '../schema/aeo-set-up.type.ts';
import { ClientType } from '../schema/client.type.ts';
import { JobRunType } from '../schema/job-run.type.ts';
import { DecimalScalar } from '../schema/scalars.ts';
import { Requires } from './authorize.ts';
import { changeOnce } from './change-once.ts';
import type { GraphContext } from './context.ts';
import { subscribeToJob } from './job.resolver.ts';

const idOfAudit = { description: 'The audit.' };
const keyOfCall = { nullable: true, description: 'Calls with the same key do it once.' };

@Resolver(() => AeoAuditType)
export class AeoAuditResolver {
  @Query(() => AeoAuditConnection, {
    description: 'Audits of what AI platforms say; the newest first.',
  })
  @Requires('CLIENT')
  async aeoAudits(
    @Args(() => AeoAuditArgs) { filter, ...page }: AeoAuditArgs,
    @Ctx() context: GraphContext,
  ): Promise<Page<AeoAudit>> {
    const { clientId, setUpId, status } = filter ?? {};
    const wanted = {
      clientId: clientId ? fromGlobalId('Client', clientId, 'clientId') : null,
      setUpId: setUpId ? fromGlobalId('AeoSetUp', setUpId, 'setUpId') : null,
      status: status ?? null,
    };
    return listAudits(await context.em(), wanted, page);
  }

  @FieldResolver(() => ClientType, { nullable: true, description: 'The client.' })
  client(@Root() { clientId }: AeoAudit, @Ctx() { loaders }: GraphContext): Promise<Client | null> {
    return loaders.client.load(clientId);
  }

  @FieldResolver(() => AeoSetUpType, {
    nullable: true,
    description: 'Its set-up, as that is by now.',
  })
  @Requires('ANALYST')
  setUp(@Root() { setUpId }: AeoAudit, @Ctx() { loaders }: GraphContext): Promise<AeoSetUp | null> {
    return loaders.byId(AeoSetUp).load(setUpId);
  }

  @FieldResolver(() => AeoAuditProgressType, { description: 'How far it is.' })
  @Requires('ANALYST')
  progress(@Root() { id }: AeoAudit, @Ctx() { loaders }: GraphContext): Promise<AuditProgress> {
    return loaders.progressOfAudit(id, {});
  }

  @FieldResolver(() => DecimalScalar, {
    nullable: true,
    description: 'US dollars that it was likely to cost; null where a price is not known.',
  })
  @Requires('ANALYST')
  costEstimate(@Root() { costEstimate }: AeoAudit): string | null {
    return costEstimate;
  }

  @FieldResolver(() => [String], {
    description: 'What could not be asked, such as too few questions; none until they are chosen.',
  })
  @Requires('ANALYST')
  notes(@Root() { notes }: AeoAudit): string[] {
    return notes;
  }

  @FieldResolver(() => JobRunType, { nullable: true, description: 'The job that leads it.' })
  @Requires('ANALYST')
  jobRun(
    @Root() { jobRunId }: AeoAudit,
    @Ctx() { loaders }: GraphContext,
  ): Promise<JobRun | null> | null {
    return jobRunId ? loaders.jobRun.load(jobRunId) : null;
  }

  @Mutation(() => AeoAuditPayload, {
    description:
      "Put a set-up's questions to its platforms. `aeoAuditProgress` tells how far it is.",
  })
  @Requires('ANALYST')
  async startAeoAudit(
    @Arg('setUpId', () => ID, { description: 'The set-up.' }) setUpId: string,
    @Arg('idempotencyKey', () => String, {
      nullable: true,
      description: 'Calls with the same key begin one audit.',
    })
    key: string | null,
    @Ctx() context: GraphContext,
  ): Promise<AeoAuditPayload> {
    const id = fromGlobalId('AeoSetUp', setUpId, 'setUpId');
    const { auditPolicy } = context.services;
    const call = { operation: 'startAeoAudit', key, input: { id } };
    const aeoAudit = await changeOnce(context, AeoAudit, call, async (em, actor, outbox) => {
      const { clientId } = found(await em.findOne(AeoSetUp, id), 'set-up');
      await countRequest(context, clientId);
      return startAudit(em, actor, auditPolicy, id, ({ id: auditId, organizationId, clientId }) => {
        const { userId: requestedBy, origin } = actor;
        const owner = { organizationId, clientId, requestedBy, requestId: origin.requestId };
        return outbox.add(runAeoAudit, { auditId }, owner);
      });
    });
    return { aeoAudit };
  }

  @Mutation(() => AeoAuditPayload, {
    description: 'Ask nothing more for now; questions that are being asked are answered.',
  })
  @Requires('ANALYST')
  pauseAeoAudit(
    @Arg('id', () => ID, idOfAudit) id: string,
    @Arg('idempotencyKey', () => String, keyOfCall) key: string | null,
    @Ctx() context: GraphContext,
  ): Promise<AeoAuditPayload> {
    return steer(context, 'pauseAeoAudit', id, key, pauseAudit);
  }

  @Mutation(() => AeoAuditPayload, { description: 'Go on with an audit that is paused.' })
  @Requires('ANALYST')
  resumeAeoAudit(
    @Arg('id', () => ID, idOfAudit) id: string,
    @Arg('idempotencyKey', () => String, keyOfCall) key: string | null,
    @Ctx() context: GraphContext,
  ): Promise<AeoAuditPayload> {
    return steer(context, 'resumeAeoAudit', id, key, resumeAudit);
  }

  @Mutation(() => AeoAuditPayload, {
    description: 'End an audit at once; what was answered stays.',
  })
  @Requires('ANALYST')
  cancelAeoAudit(
    @Arg('id', () => ID, idOfAudit) id: string,
    @Arg('idempotencyKey', () => String, keyOfCall) key: string | null,
    @Ctx() context: GraphContext,
  ): Promise<AeoAuditPayload> {
    return steer(context, 'cancelAeoAudit', id, key, cancelAudit);
  }

  @Mutation(() => AeoAuditPayload, {
    description:
      'Ask once more what came to nothing, of an audit that has ended. What was answered is not asked again.',
  })
  @Requires('ANALYST')
  retryAeoAudit(
    @Arg('id', () => ID, idOfAudit) id: string,
    @Arg('idempotencyKey', () => String, keyOfCall) key: string | null,
    @Ctx() context: GraphContext,
  ): Promise<AeoAuditPayload> {
    const { auditPolicy } = context.services;
    return steer(context, 'retryAeoAudit', id, key, (em, actor, auditId) =>
      retryAudit(em, actor, auditPolicy, auditId),
    );
  }

  @Subscription(() => AeoAuditType, {
    description: 'An audit as it is now, and then at every change until it has ended.',
    subscribe: ({ args, context }) => subscribe(String(args.id), context as GraphContext),
  })
  async aeoAuditProgress(
    @Arg('id', () => ID, idOfAudit) id: string,
    @Root() _: JobRun,
    @Ctx() context: GraphContext,
  ): Promise<AeoAudit> {
    return findAudit(await context.em(), fromGlobalId('AeoAudit', id));
  }
}

/** How often audits of a client may be asked for. Source: seed 003, 12.1. */
async function countRequest({ services }: GraphContext, clientId: string): Promise<void> {
  const points = services.auditPolicy.requestsPerHour;
  await services.rateLimiter.consume({ name: 'aeo-audits', points, seconds: 3600 }, clientId);
}

/** What stops the asking is never one request too many. */
const uncounted: readonly string[] = ['pauseAeoAudit', 'cancelAeoAudit'];

async function steer(
  context: GraphContext,
  operation: string,
  globalId: string,
  key: string | null,
  change: (em: EntityManager, actor: Actor, id: string) => Promise<SteeredAudit>,
): Promise<AeoAuditPayload> {
  const id = fromGlobalId('AeoAudit', globalId);
  const call = { operation, key, input: { id } };
  let told: SteeredAudit['jobRunIds'] = [];
  const aeoAudit = await changeOnce(context, AeoAudit, call, async (em, actor, outbox) => {
    const { audit, jobRunIds } = await change(em, actor, id);
    if (!uncounted.includes(operation)) await countRequest(context, audit.clientId);
    told = jobRunIds;
    outbox.jobRunIds.push(...jobRunIds);
    return audit;
  });
  const { announcer } = context.services;
  // Who watches an audit watches the job that leads it.
  for (const jobRunId of new Set([aeoAudit.jobRunId ?? '', ...told])) {
    await announcer.announce({ jobRunId, sequence: 0, isWish: true });
  }
  return { aeoAudit };
}

async function findAudit(em: EntityManager, id: string): Promise<AeoAudit> {
  return found(await em.findOne(AeoAudit, id), 'audit');
}

/** An audit changes with the job that leads it. */
async function subscribe(globalId: string, context: GraphContext) {
  const id = fromGlobalId('AeoAudit', globalId);
  const { jobRunId } = await context.readNow((em) => findAudit(em, id));
  return subscribeToJob(jobRunId ?? '', context);
}
