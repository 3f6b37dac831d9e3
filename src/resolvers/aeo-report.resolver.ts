import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { requestReport } from '../domain/aeo-report/request-report.ts';
import { fromGlobalId } from '../domain/global-id.ts';
import { JobRun } from '../domain/job/job-run.entity.ts';
import { exportAeoAudit } from '../jobs/export-aeo-audit.job.ts';
import { ExportAeoAuditInput } from '../schema/aeo-report.type.ts';
import { JobRunPayload } from '../schema/job-run.type.ts';
import { Requires } from './authorize.ts';
import { changeOnce } from './change-once.ts';
import type { GraphContext } from './context.ts';

@Resolver()
export class AeoReportResolver {
  @Mutation(() => JobRunPayload, {
    description:
      'Have the report of an audit that has ended made into a file. Who asked is mailed once it is there; `files` lists it, and `createFileLink` fetches it.',
  })
  @Requires('ANALYST')
  async exportAeoAudit(
    @Arg('input', () => ExportAeoAuditInput, { description: 'Which report.' })
    { auditId: globalId, idempotencyKey: key, ...input }: ExportAeoAuditInput,
    @Ctx() context: GraphContext,
  ): Promise<JobRunPayload> {
    const wanted = { ...input, auditId: fromGlobalId('AeoAudit', globalId, 'auditId') };
    const call = { operation: 'exportAeoAudit', key, input: wanted };
    const jobRun = await changeOnce(context, JobRun, call, (em, actor, outbox) =>
      requestReport(em, actor, wanted, ({ organizationId, clientId }, payload) => {
        const { userId: requestedBy, origin } = actor;
        const owner = { organizationId, clientId, requestedBy, requestId: origin.requestId };
        return outbox.add(exportAeoAudit, payload, owner);
      }),
    );
    return { jobRun };
  }
}
