import type { EntityClass } from '@mikro-orm/core';
import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql';
import { AeoAnswer } from '../domain/aeo-audit/aeo-answer.entity.ts';
import { AeoAudit } from '../domain/aeo-audit/aeo-audit.entity.ts';
import { AeoQuestion } from '../domain/aeo-audit/aeo-question.entity.ts';
import { AeoSetUp } from '../domain/aeo-audit/aeo-set-up.entity.ts';
import { Alert } from '../domain/alert/alert.entity.ts';
import { AlertRule } from '../domain/alert-rule/alert-rule.entity.ts';
import { Brand } from '../domain/brand/brand.entity.ts';
import { Budget } from '../domain/budget/budget.entity.ts';
import { Client } from '../domain/client/client.entity.ts';
import { IssuedReport } from '../domain/client-report/issued-report.entity.ts';
import { maySeeReport } from '../domain/client-report/list-reports.ts';
import { ReportDefinition } from '../domain/client-report/report-definition.entity.ts';
import { ColumnMapping } from '../domain/column-mapping/column-mapping.entity.ts';
import { Erasure } from '../domain/data-protection/erasure.entity.ts';
import { maySeeErasure } from '../domain/data-protection/list-erasures.ts';
import { badInput } from '../domain/errors.ts';
import { Feed } from '../domain/feed/feed.entity.ts';
import { File } from '../domain/file/file.entity.ts';
import { mayReadFile } from '../domain/file/read-files.ts';
import { parseGlobalId } from '../domain/global-id.ts';
import { Invitation } from '../domain/identity/invitation.entity.ts';
import { Membership, type Role } from '../domain/identity/membership.entity.ts';
import { Organization } from '../domain/identity/organization.entity.ts';
import { isAtLeast, type Viewer } from '../domain/identity/viewer.ts';
import { Backfill } from '../domain/ingestion/backfill.entity.ts';
import { IngestionRun } from '../domain/ingestion/ingestion-run.entity.ts';
import { RunSlice } from '../domain/ingestion/run-slice.entity.ts';
import { SourceObject } from '../domain/ingestion/source-object.entity.ts';
import { JobRun } from '../domain/job/job-run.entity.ts';
import { Campaign } from '../domain/media/campaign.entity.ts';
import { Creative } from '../domain/media/creative.entity.ts';
import { Placement } from '../domain/media/placement.entity.ts';
import { Strategy } from '../domain/media/strategy.entity.ts';
import { MetricsExport } from '../domain/metrics-export/metrics-export.entity.ts';
import { maySeeExport } from '../domain/metrics-export/read-exports.ts';
import { PlatformCredential } from '../domain/platform-credential/platform-credential.entity.ts';
import { RateCard } from '../domain/rate-card/rate-card.entity.ts';
import { ServiceToken } from '../domain/service-token/service-token.entity.ts';
import { Session } from '../domain/session/session.entity.ts';
import { Summary } from '../domain/summary/summary.entity.ts';
import { Upload } from '../domain/upload/upload.entity.ts';
import { Webhook } from '../domain/webhook/webhook.entity.ts';
import { WebhookDelivery } from '../domain/webhook/webhook-delivery.entity.ts';
import { NodeType } from '../schema/node.ts';
import type { GraphContext } from './context.ts';

const mostIds = 1000;

interface NodeKind {
  entity: EntityClass<{ id: string }>;
  /** The least role that may see it. */
  role: Role;
  /** Whether a viewer with that role sees this one, where not all are for all of them. */
  isFor?(viewer: Viewer, node: object): boolean;
}

const kinds: NodeKind[] = [
  ...[
    ...[Organization, Client, Campaign, Strategy, Placement, Creative, RateCard, Budget, Summary],
    ...[Brand, AeoAudit, AeoQuestion, AeoAnswer],
  ].map((entity) => ({ entity, role: 'CLIENT' }) as const),
  ...[
    ...[Alert, AlertRule, Feed, Backfill, IngestionRun, RunSlice, SourceObject, JobRun],
    ...[ColumnMapping, ReportDefinition, Upload, AeoSetUp],
  ].map((entity) => ({ entity, role: 'ANALYST' }) as const),
  ...[
    ...[ServiceToken, Session, Membership, Invitation, PlatformCredential],
    ...[Webhook, WebhookDelivery],
  ].map((entity) => ({ entity, role: 'ADMIN' }) as const),
  { entity: File, role: 'CLIENT', isFor: (viewer, node) => mayReadFile(viewer, node as File) },
  {
    entity: MetricsExport,
    role: 'CLIENT',
    isFor: (viewer, node) => maySeeExport(viewer, node as MetricsExport),
  },
  {
    entity: IssuedReport,
    role: 'CLIENT',
    isFor: (viewer, node) => maySeeReport(viewer, node as IssuedReport),
  },
  {
    entity: Erasure,
    role: 'CLIENT',
    isFor: (viewer, node) => maySeeErasure(viewer, node as Erasure),
  },
];

@Resolver()
export class NodeResolver {
  @Query(() => NodeType, {
    nullable: true,
    description: 'Anything by its id; null when it is not there, or not for the viewer.',
  })
  async node(
    @Arg('id', () => ID, { description: 'The id.' }) id: string,
    @Ctx() context: GraphContext,
  ): Promise<object | null> {
    return findNode(id, 'id', context);
  }

  @Query(() => [NodeType], {
    nullable: 'items',
    description:
      'Many by their ids, in their order; null for what is not there, or not for the viewer.',
  })
  async nodes(
    @Arg('ids', () => [ID], { description: 'The ids, at most 1,000.' }) ids: string[],
    @Ctx() context: GraphContext,
  ): Promise<(object | null)[]> {
    if (ids.length > mostIds) throw badInput(`Give at most ${mostIds} ids.`, 'ids');
    return Promise.all(ids.map((id) => findNode(id, 'ids', context)));
  }
}

/**
 * Anything that the viewer can see, by its id.
 *
 * @throws {DomainError} BAD_USER_INPUT for what cannot be an id at all.
 */
export async function findNode(
  globalId: string,
  field: string,
  context: GraphContext,
): Promise<object | null> {
  const parsed = parseGlobalId(globalId);
  if (!parsed) throw badInput(`"${globalId.slice(0, 80)}" is not an id.`, field);
  const kind = kinds.find(({ entity }) => entity.name === parsed.type);
  // Looked for while it is found out who asks, and told only then.
  const reading = context.em();
  const loaded = kind && context.loaders.byId(kind.entity).load(parsed.id);
  const [node, viewer] = await Promise.all([loaded, reading.then(() => context.viewer())]);
  const isTheirs = kind && node && isAtLeast(viewer, kind.role);
  return isTheirs && (kind.isFor?.(viewer, node) ?? true) ? node : null;
}
