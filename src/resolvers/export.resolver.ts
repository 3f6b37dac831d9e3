import { Arg, Ctx, ID, Mutation, Resolver } from 'type-graphql';
import {
  requestClientExport,
  requestUserExport,
} from '../domain/data-protection/request-export.ts';
import { fromGlobalId } from '../domain/global-id.ts';
import { exportClientData } from '../jobs/export-client-data.job.ts';
import { exportUserData } from '../jobs/export-user-data.job.ts';
import { ExportPayload } from '../schema/erasure.type.ts';
import { actUponOneself } from './act-upon-oneself.ts';
import { Requires } from './authorize.ts';
import type { GraphContext } from './context.ts';

@Resolver()
export class ExportResolver {
  @Mutation(() => ExportPayload, {
    description:
      'Have everything of a client put into a zip of JSON and CSV, for a week. While one is made for its asker, asking again gives that one.',
  })
  @Requires('ADMIN')
  exportClientData(
    @Arg('clientId', () => ID, { description: 'The client.' }) id: string,
    @Ctx() context: GraphContext,
  ): Promise<ExportPayload> {
    const clientId = fromGlobalId('Client', id, 'clientId');
    return context.mutate(async (em, actor, outbox) => ({
      jobRun: await requestClientExport(em, actor, clientId, (payload) =>
        outbox.add(exportClientData, payload, { ...ownerOf(actor), clientId }),
      ),
    }));
  }

  @Mutation(() => ExportPayload, {
    description:
      'Have everything that there is of oneself in the organization put into a zip of JSON and CSV, for a week; or, for an administrator, of a member whom they have authority over.',
  })
  @Requires('CLIENT')
  exportUserData(
    @Arg('membershipId', () => ID, { nullable: true, description: "Whose; left out, one's own." })
    id: string | null | undefined,
    @Ctx() context: GraphContext,
  ): Promise<ExportPayload> {
    const membershipId = id == null ? null : fromGlobalId('Membership', id, 'membershipId');
    return actUponOneself(context, async (em, actor, outbox) => ({
      jobRun: await requestUserExport(em, actor, membershipId, (payload) =>
        outbox.add(exportUserData, payload, { ...ownerOf(actor), clientId: null }),
      ),
    }));
  }
}

function ownerOf(actor: {
  organizationId: string;
  userId: string | null;
  origin: { requestId: string };
}) {
  const { organizationId, userId: requestedBy, origin } = actor;
  return { organizationId, requestedBy, requestId: origin.requestId };
}
