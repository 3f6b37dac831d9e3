// type-graphql's decorators keep what they are told with this, so it must be there before they run.
import 'reflect-metadata';
import { createPubSub } from '@graphql-yoga/subscription';
import { type GraphQLSchema, isInterfaceType } from 'graphql';
import { buildSchema, getMetadataStorage, type NonEmptyArray } from 'type-graphql';
import { AccountResolver } from './account.resolver.ts';
import {
  AeoAnswerResolver,
  AeoFindingResolver,
  AeoQuestionResolver,
} from './aeo-answer.resolver.ts';
import { AeoAuditResolver } from './aeo-audit.resolver.ts';
import { aeoBrandResolvers } from './aeo-brand.resolver.ts';
import { AeoComparisonResolver, AeoTrendResolver } from './aeo-comparison.resolver.ts';
import { aeoErrorResolvers } from './aeo-error.resolver.ts';
import {
  AeoGapResolver,
  AeoRecommendationResolver,
  AeoSourceResolver,
} from './aeo-insights.resolver.ts';
import { AeoReportResolver } from './aeo-report.resolver.ts';
import { AeoResultsResolver } from './aeo-results.resolver.ts';
import { AeoSetUpResolver } from './aeo-set-up.resolver.ts';
import { AeoSettingsResolver } from './aeo-settings.resolver.ts';
import { AlertRecipientsResolver, AlertResolver } from './alert.resolver.ts';
import { AlertRuleResolver } from './alert-rule.resolver.ts';
import { AuditLogResolver } from './audit-log.resolver.ts';
import { authorize } from './authorize.ts';
import { BackfillResolver } from './backfill.resolver.ts';
import { BrandProfileResolver } from './brand-profile.resolver.ts';
import { BudgetResolver } from './budget.resolver.ts';
import { ClientResolver } from './client.resolver.ts';
import { ClientStateResolver, ProblemResolver } from './client-state.resolver.ts';
import { ColumnMappingResolver } from './column-mapping.resolver.ts';
import { ConsentResolver } from './consent.resolver.ts';
import { DashboardResolver, rankingResolvers } from './dashboard.resolver.ts';
import { DeactivationResolver } from './deactivation.resolver.ts';
import { ErasureResolver } from './erasure.resolver.ts';
import { ExportResolver } from './export.resolver.ts';
import { FeedResolver } from './feed.resolver.ts';
import { FeedRunsResolver, FeedScheduleResolver } from './feed-schedule.resolver.ts';
import { FileResolver } from './file.resolver.ts';
import { HealthResolver } from './health.resolver.ts';
import { HomeResolver } from './home.resolver.ts';
import { IdentityResolver } from './identity.resolver.ts';
import { IngestionResolver } from './ingestion.resolver.ts';
import { InvitationResolver } from './invitation.resolver.ts';
import { IssuedReportResolver } from './issued-report.resolver.ts';
import { JobResolver } from './job.resolver.ts';
import {
  CampaignResolver,
  CreativeResolver,
  mediaNodeResolvers,
  PlacementResolver,
  StrategyResolver,
} from './media.resolver.ts';
import { MediaGroupingResolver } from './media-grouping.resolver.ts';
import { MediaIdentityResolver } from './media-identity.resolver.ts';
import { mediaListResolvers, resolveChildLists } from './media-list.resolver.ts';
import { MembershipResolver } from './membership.resolver.ts';
import { MetricRowsResolver } from './metric-rows.resolver.ts';
import {
  MetricsComparisonResolver,
  MetricsResolver,
  nodeMetricsResolvers,
} from './metrics.resolver.ts';
import { MetricsExportResolver } from './metrics-export.resolver.ts';
import { NodeResolver } from './node.resolver.ts';
import {
  AlertWatchResolver,
  DashboardAlertsResolver,
  HomeAlertsResolver,
} from './open-alerts.resolver.ts';
import {
  FeedCredentialResolver,
  PlatformCredentialResolver,
  RunReportsResolver,
} from './platform-credential.resolver.ts';
import { ProvenanceResolver } from './provenance.resolver.ts';
import { QueueResolver } from './queue.resolver.ts';
import { RateCardResolver, RepricedCampaignResolver } from './rate-card.resolver.ts';
import {
  ChangedDayResolver,
  FactCauseResolver,
  ReportDeliveryResolver,
} from './report-changes.resolver.ts';
import { ReportDefinitionResolver } from './report-definition.resolver.ts';
import { resolveConnections } from './resolve-connections.ts';
import { resolveIds } from './resolve-ids.ts';
import { resolveMetrics } from './resolve-metrics.ts';
import { RetentionResolver } from './retention.resolver.ts';
import { RuleSeverityResolver } from './rule-severity.resolver.ts';
import { RunDecisionsResolver } from './run-decisions.resolver.ts';
import { SecondFactorResolver } from './second-factor.resolver.ts';
import { ServiceTokenResolver } from './service-token.resolver.ts';
import { SessionResolver } from './session.resolver.ts';
import { SummaryFactResolver, SummaryResolver } from './summary.resolver.ts';
import { ClientSummariesResolver, SummarySettingsResolver } from './summary-settings.resolver.ts';
import { UploadResolver } from './upload.resolver.ts';
import { WebhookDeliveryResolver, WebhookResolver } from './webhook.resolver.ts';

/** The whole graph. */
export async function buildGraph(): Promise<GraphQLSchema> {
  const resolvers = [
    IdentityResolver,
    SessionResolver,
    SecondFactorResolver,
    AccountResolver,
    InvitationResolver,
    MembershipResolver,
    DeactivationResolver,
    ServiceTokenResolver,
    AuditLogResolver,
    NodeResolver,
    ClientResolver,
    ClientStateResolver,
    ProblemResolver,
    DashboardResolver,
    ...rankingResolvers,
    HomeResolver,
    SummaryResolver,
    SummaryFactResolver,
    SummarySettingsResolver,
    ClientSummariesResolver,
    CampaignResolver,
    StrategyResolver,
    PlacementResolver,
    CreativeResolver,
    MediaGroupingResolver,
    ...mediaNodeResolvers,
    ...mediaListResolvers,
    BudgetResolver,
    RateCardResolver,
    RepricedCampaignResolver,
    RuleSeverityResolver,
    FeedResolver,
    FeedScheduleResolver,
    FeedRunsResolver,
    AlertResolver,
    AlertRuleResolver,
    AlertRecipientsResolver,
    AlertWatchResolver,
    HomeAlertsResolver,
    DashboardAlertsResolver,
    WebhookResolver,
    WebhookDeliveryResolver,
    PlatformCredentialResolver,
    FeedCredentialResolver,
    RunReportsResolver,
    IngestionResolver,
    UploadResolver,
    ColumnMappingResolver,
    RunDecisionsResolver,
    BackfillResolver,
    MediaIdentityResolver,
    ProvenanceResolver,
    JobResolver,
    QueueResolver,
    HealthResolver,
    MetricRowsResolver,
    MetricsResolver,
    MetricsComparisonResolver,
    FileResolver,
    ExportResolver,
    MetricsExportResolver,
    ReportDefinitionResolver,
    IssuedReportResolver,
    ChangedDayResolver,
    FactCauseResolver,
    ReportDeliveryResolver,
    ErasureResolver,
    ConsentResolver,
    RetentionResolver,
    BrandProfileResolver,
    AeoSetUpResolver,
    AeoSettingsResolver,
    AeoAuditResolver,
    AeoResultsResolver,
    AeoReportResolver,
    AeoAnswerResolver,
    AeoFindingResolver,
    AeoQuestionResolver,
    AeoGapResolver,
    AeoSourceResolver,
    AeoRecommendationResolver,
    AeoComparisonResolver,
    AeoTrendResolver,
    ...aeoBrandResolvers,
    ...aeoErrorResolvers,
    ...nodeMetricsResolvers,
  ];
  // Fields without a resolver are properties, and are read as such: they are the bulk of every answer.
  for (const type of getMetadataStorage().objectTypes) type.simpleResolvers = true;
  const schema = await buildSchema({
    resolvers: resolvers as unknown as NonEmptyArray<new () => object>,
    authChecker: authorize,
    validate: false,
    // Demanded for any subscription, though ours subscribe on their own.
    pubSub: createPubSub(),
  });
  // What type-graphql makes of their resolveType answers later, and is waited for at each node.
  for (const type of Object.values(schema.getTypeMap())) {
    if (isInterfaceType(type)) type.resolveType = (value: object) => value.constructor.name;
  }
  resolveIds(schema);
  resolveConnections(schema);
  resolveMetrics(schema);
  resolveChildLists(schema);
  return schema;
}
