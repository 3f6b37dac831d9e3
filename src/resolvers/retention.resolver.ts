import { Arg, Ctx, FieldResolver, Int, Mutation, Query, Resolver } from 'type-graphql';
import { countOutdatedAudits } from '../domain/aeo-results/remove-answers.ts';
import { JobRun } from '../domain/job/job-run.entity.ts';
import {
  type ArchivedMonth,
  listArchivedMonths,
} from '../domain/retention/list-archived-months.ts';
import { planRetention, type RetentionPlan } from '../domain/retention/plan-retention.ts';
import { requestRestore } from '../domain/retention/request-restore.ts';
import type { RetentionPolicy } from '../domain/retention/retention-policy.ts';
import { restoreFacts } from '../jobs/restore-facts.job.ts';
import { JobRunPayload } from '../schema/job-run.type.ts';
import {
  ArchivedMonthType,
  RestoreArchivedMonthInput,
  RetentionPlanType,
  RetentionPolicyType,
} from '../schema/retention.type.ts';
import { Requires } from './authorize.ts';
import { changeOnce } from './change-once.ts';
import type { GraphContext } from './context.ts';

@Resolver(() => RetentionPolicyType)
export class RetentionResolver {
  @Query(() => RetentionPolicyType, { description: 'How long what is kept, and what is archived.' })
  @Requires('ADMIN')
  retentionPolicy(@Ctx() { services }: GraphContext): RetentionPolicy {
    return services.retention;
  }

  @FieldResolver(() => Int, {
    description: 'Days that questions and answers of an audit are kept; its figures stay.',
  })
  auditDays(@Ctx() { services }: GraphContext): number {
    return services.auditPolicy.answerDays;
  }

  @FieldResolver(() => Int, { description: 'Days that a report of an audit is kept.' })
  auditReportDays(@Ctx() { services }: GraphContext): number {
    return services.auditPolicy.reportDays;
  }

  @FieldResolver(() => Int, {
    description: 'Audits whose questions and answers the next night would remove.',
  })
  async outdatedAudits(@Ctx() context: GraphContext): Promise<number> {
    return countOutdatedAudits(await context.em(), context.services.auditPolicy.answerDays);
  }

  @FieldResolver(() => RetentionPlanType, { description: 'What the next night would do.' })
  async plan(@Ctx() context: GraphContext): Promise<RetentionPlan> {
    return planRetention(await context.em(), context.services.retention);
  }

  @FieldResolver(() => [ArchivedMonthType], {
    description: "The organization's archived months, the newest first.",
  })
  async archivedMonths(@Ctx() context: GraphContext): Promise<ArchivedMonth[]> {
    return listArchivedMonths(await context.em());
  }

  @Mutation(() => JobRunPayload, {
    description:
      "Put a month of all the organization's clients back from the archive. It then stays for `restoredDays`.",
  })
  @Requires('ADMIN')
  async restoreArchivedMonth(
    @Arg('input', () => RestoreArchivedMonthInput, { description: 'The month.' })
    { month, idempotencyKey: key }: RestoreArchivedMonthInput,
    @Ctx() context: GraphContext,
  ): Promise<JobRunPayload> {
    const call = { operation: 'restoreArchivedMonth', key, input: { month } };
    const jobRun = await changeOnce(context, JobRun, call, (em, actor, { add }) => {
      const { organizationId, userId, origin } = actor;
      const owner = { organizationId, requestedBy: userId, requestId: origin.requestId };
      return requestRestore(em, actor, month, (payload) =>
        add(restoreFacts, payload, { ...owner, clientId: null }),
      );
    });
    return { jobRun };
  }
}
