import type { EntityClass } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import DataLoader from 'dataloader';
import { measureAudits } from '../domain/aeo-audit/measure-audits.ts';
import { findGaps as findAeoGaps } from '../domain/aeo-results/find-gaps.ts';
import { findRecommendations } from '../domain/aeo-results/find-recommendations.ts';
import { findSources } from '../domain/aeo-results/find-sources.ts';
import { findTrends } from '../domain/aeo-results/find-trends.ts';
import { listAnswers } from '../domain/aeo-results/list-answers.ts';
import { listQuestions } from '../domain/aeo-results/list-questions.ts';
import { measurePlatforms } from '../domain/aeo-results/measure-platforms.ts';
import { measureResults } from '../domain/aeo-results/measure-results.ts';
import { readCitations, readFindings } from '../domain/aeo-results/read-findings.ts';
import { readTexts } from '../domain/aeo-results/read-texts.ts';
import { AlertRule } from '../domain/alert-rule/alert-rule.entity.ts';
import { findPacing } from '../domain/budget/find-pacing.ts';
import { type DateRange, today } from '../domain/calendar.ts';
import { Client } from '../domain/client/client.entity.ts';
import { findProblems } from '../domain/client/find-problems.ts';
import { findChanges } from '../domain/client-report/find-changes.ts';
import { findSealedEmails } from '../domain/client-report/recipients.ts';
import { listDeliveries } from '../domain/client-report/report-delivery.ts';
import { ColumnMapping } from '../domain/column-mapping/column-mapping.entity.ts';
import { snapshotInstant } from '../domain/database-clock.ts';
import type { FieldCipher } from '../domain/encryption/field-cipher.ts';
import { found } from '../domain/errors.ts';
import { Feed } from '../domain/feed/feed.entity.ts';
import { findFreshness } from '../domain/feed/find-freshness.ts';
import { File } from '../domain/file/file.entity.ts';
import { Membership } from '../domain/identity/membership.entity.ts';
import { Organization } from '../domain/identity/organization.entity.ts';
import { findLastRuns } from '../domain/ingestion/find-last-runs.ts';
import { IngestionRun } from '../domain/ingestion/ingestion-run.entity.ts';
import { listRejectedRows } from '../domain/ingestion/list-rejected-rows.ts';
import { measureBackfills } from '../domain/ingestion/measure-backfills.ts';
import { reportRuns } from '../domain/ingestion/report-runs.ts';
import { RunSlice } from '../domain/ingestion/run-slice.entity.ts';
import { JobRun } from '../domain/job/job-run.entity.ts';
import { Schedule } from '../domain/job/schedule.entity.ts';
import { findLabels } from '../domain/media/campaign-labels.ts';
import type { MediaLevel, NodeLevel } from '../domain/media/levels.ts';
import { countMedia, listMedia, type MediaRequest } from '../domain/media/list-media.ts';
import type { MediaFilter } from '../domain/media/media-filter.ts';
import { findStatuses } from '../domain/media/media-status.ts';
import { nodeEntities } from '../domain/media/node-entities.ts';
import { readNodes } from '../domain/media/read-nodes.ts';
import { findDeliveringFeeds } from '../domain/metrics/find-delivering-feeds.ts';
import { findGaps, findGapsOfClients } from '../domain/metrics/find-gaps.ts';
import { sumByCurrency } from '../domain/metrics/sum-by-currency.ts';
import { type SeriesRequest, sumMetrics, sumSeries } from '../domain/metrics/sum-metrics.ts';
import type { PageRequest } from '../domain/paging.ts';
import { PlatformCredential } from '../domain/platform-credential/platform-credential.entity.ts';
import type { Calendar } from '../domain/range-preset.ts';
import { RateCard } from '../domain/rate-card/rate-card.entity.ts';
import { ReportRequest } from '../domain/report/report-request.entity.ts';
import { findLatestSummaries, findPreviousSummaries } from '../domain/summary/list-summaries.ts';
import { type DeliveryRequest, listWebhookDeliveries } from '../domain/webhook/list-webhooks.ts';

type OpenEm = () => Promise<EntityManager>;

/** Loads by id, where what is loaded also depends on a field's arguments: one statement per arguments. */
type ArgumentLoader<A, T> = (id: string, args: A) => Promise<T>;

function loadWith<A extends object, T>(
  openEm: OpenEm,
  load: (em: EntityManager, ids: readonly string[], args: A) => Promise<Map<string, T>>,
): ArgumentLoader<A, T> {
  const loaders = new Map<string, DataLoader<string, T>>();
  return (id, args) => {
    const key = JSON.stringify(args);
    let loader = loaders.get(key);
    if (!loader) {
      loader = new DataLoader(async (ids: readonly string[]) => {
        const loaded = await load(await openEm(), ids, args);
        return ids.map((each) =>
          loaded.has(each) ? (loaded.get(each) as T) : new Error(`Nothing was loaded for ${each}`),
        );
      });
      loaders.set(key, loader);
    }
    return loader.load(id);
  };
}

const nodeLevels = new Map<unknown, NodeLevel>(
  Object.entries(nodeEntities).map(([level, entity]) => [entity, level as NodeLevel]),
);

/** Loads entities by their id; null for one that is not there or not the tenant's. */
function loadById<T extends { id: string }>(openEm: OpenEm, entity: EntityClass<T>) {
  return new DataLoader<string, T | null>(async (ids) => {
    const em = await openEm();
    const level = nodeLevels.get(entity);
    const rows: { id: string }[] = level
      ? await readNodes(em, level, ids)
      : await em.find(entity, { id: { $in: ids } } as never);
    const byId = new Map(rows.map((row) => [row.id, row as T]));
    return ids.map((id) => byId.get(id) ?? null);
  });
}

/** Loads the entities that belong to an owner, in an order. @param only those with these values. */
function loadOwned<T extends object, K extends keyof T & string>(
  openEm: OpenEm,
  entity: EntityClass<T>,
  ownerId: K,
  orderBy: Partial<Record<keyof T & string, 'asc' | 'desc'>>,
  only: Partial<Record<keyof T & string, unknown>> = {},
) {
  return new DataLoader<string, T[]>(async (ids) => {
    const where = { ...only, [ownerId]: { $in: ids } } as never;
    const rows = await (await openEm()).find(entity, where, { orderBy: orderBy as never });
    return ids.map((id) => (rows as T[]).filter((row) => row[ownerId] === id));
  });
}

/** Of which level what is below a node of which level is wanted. */
interface Children {
  level: NodeLevel;
  parentLevel: NodeLevel;
}
type ChildList = Children & { request: MediaRequest };
type ChildCount = Children & { filter: MediaFilter };

/** A loader for clients and for each level of the hierarchy. */
function byGroup<T>(load: (group: NodeLevel) => T): Record<NodeLevel, T> {
  return {
    client: load('client'),
    campaign: load('campaign'),
    strategy: load('strategy'),
    placement: load('placement'),
    creative: load('creative'),
  };
}

/** One operation's loaders: lists of any length cost a fixed number of statements. */
export function createLoaders(openEm: OpenEm, cipher: FieldCipher) {
  const nodes = new Map<unknown, DataLoader<string, object | null>>();
  /** Entities of a type by their id; null for one that is not there or not the tenant's. */
  const byId = <T extends { id: string }>(entity: EntityClass<T>): DataLoader<string, T | null> => {
    const loader = nodes.get(entity) ?? loadById(openEm, entity);
    nodes.set(entity, loader);
    return loader as DataLoader<string, T | null>;
  };
  const organization = byId(Organization);
  let instant: Promise<Date> | undefined;
  return {
    /** The instant of the operation, by the database's clock. */
    now: () => {
      instant ??= openEm().then(snapshotInstant);
      return instant;
    },
    byId,
    organization,
    /** When it is in a time zone, or else the organization's own, for its people. */
    async calendar(at: { organizationId: string; timeZone?: string }): Promise<Calendar> {
      const { weekStartsOn, timeZone } = found(
        await organization.load(at.organizationId),
        'organization',
      );
      return { today: today(at.timeZone ?? timeZone), weekStartsOn };
    },
    client: byId(Client),
    alertRule: byId(AlertRule),
    columnMapping: byId(ColumnMapping),
    /** Those of a list that are visible; null where there is no list, which stands for all of them. */
    async clientsOf(ids: string[] | null): Promise<Client[] | null> {
      const clients = ids && (await Promise.all(ids.map((id) => byId(Client).load(id))));
      return clients?.filter((client) => client !== null) ?? null;
    },
    feed: byId(Feed),
    run: byId(IngestionRun),
    scheduleOfFeed: loadOwned(openEm, Schedule, 'feedId', {}),
    lastRunOfFeed: loadWith(openEm, (em, ids, _: object) => findLastRuns(em, ids)),
    credential: byId(PlatformCredential),
    jobRun: byId(JobRun),
    /** Pages of what is below a node. */
    children: loadWith(openEm, (em, ids, { level, parentLevel, request }: ChildList) =>
      listMedia(em, level, { level: parentLevel, ids }, request),
    ),
    /** How many there are below a node. */
    childCount: loadWith(openEm, (em, ids, { level, parentLevel, filter }: ChildCount) =>
      countMedia(em, level, { level: parentLevel, ids }, filter),
    ),
    statusOf: loadWith(openEm, (em, ids, { level }: { level: MediaLevel }) =>
      findStatuses(em, level, ids),
    ),
    labelsOfCampaign: loadWith(openEm, (em, ids, _: object) => findLabels(em, ids)),
    membershipsOfUser: loadOwned(openEm, Membership, 'userId', { createdAt: 'asc' }),
    feedsOfClient: loadOwned(openEm, Feed, 'clientId', { name: 'asc', id: 'asc' }),
    rateCardsOfClient: loadOwned(
      openEm,
      RateCard,
      'clientId',
      { effectiveFrom: 'desc' },
      { removedAt: null },
    ),
    reportsOfRun: loadOwned(openEm, ReportRequest, 'runId', { fromDate: 'asc', createdAt: 'asc' }),
    slicesOfRun: loadOwned(openEm, RunSlice, 'runId', { date: 'asc' }),
    progressOfBackfill: loadWith(openEm, (em, ids, _: object) => measureBackfills(em, ids)),
    filesOfJobRun: loadOwned(openEm, File, 'jobRunId', { createdAt: 'asc' }),
    changesOfReport: loadWith(openEm, (em, ids, _: object) => findChanges(em, ids)),
    /** Whom reports go to beside members. */
    emailsOfReport: loadWith(openEm, (em, ids, _: object) => findSealedEmails(em, ids)),
    deliveriesOfReport: loadWith(openEm, (em, ids, _: object) => listDeliveries(em, ids)),
    deliveriesOfWebhook: loadWith(openEm, (em, ids, request: DeliveryRequest) =>
      listWebhookDeliveries(em, ids, request),
    ),
    reportOfRun: loadWith(openEm, (em, ids, _: object) => reportRuns(em, ids)),
    rejectedRowsOfRun: loadWith(openEm, (em, ids, page: PageRequest) =>
      listRejectedRows(em, ids, page),
    ),
    freshnessOfFeed: loadWith(openEm, (em, ids, _: object) => findFreshness(em, ids)),
    problemsOfClient: loadWith(openEm, (em, ids, _: object) => findProblems(em, ids)),
    totalsOfCurrency: loadWith(openEm, (em, _, range: DateRange) => sumByCurrency(em, range)),
    progressOfAudit: loadWith(openEm, (em, ids, _: object) => measureAudits(em, ids)),
    resultsOfAudit: loadWith(openEm, measureResults),
    answersOfAudit: loadWith(openEm, listAnswers),
    questionsOfAudit: loadWith(openEm, (em, ids, page: PageRequest) =>
      listQuestions(em, ids, page),
    ),
    gapsOfAudit: loadWith(openEm, (em, ids, _: object) => findAeoGaps(em, ids)),
    sourcesOfAudit: loadWith(openEm, findSources),
    recommendationsOfAudit: loadWith(openEm, (em, ids, _: object) => findRecommendations(em, ids)),
    platformsOfAudit: loadWith(openEm, (em, ids, _: object) => measurePlatforms(em, ids)),
    trendOfSetUp: loadWith(openEm, findTrends),
    /** What an answer says, decrypted; null where it is not there. */
    textOfAnswer: loadWith(openEm, (em, ids, _: object) => readTexts(em, cipher, ids)),
    findingsOfAnswer: loadWith(openEm, (em, ids, _: object) => readFindings(em, ids)),
    citationsOfAnswer: loadWith(openEm, (em, ids, _: object) => readCitations(em, ids)),
    pacingOfBudget: loadWith(openEm, (em, ids, _: object) => findPacing(em, ids)),
    latestSummary: loadWith(openEm, findLatestSummaries),
    /** Of the week or month before. */
    previousSummary: loadWith(openEm, (em, ids, _: object) => findPreviousSummaries(em, ids)),
    gapsOfFeed: loadWith(openEm, (em, ids, range: DateRange) => findGaps(em, ids, range)),
    gapsOfClient: loadWith(openEm, (em, ids, range: DateRange) =>
      findGapsOfClients(em, ids, range),
    ),
    deliveringFeeds: loadWith(
      openEm,
      (em, ids, { group, ...range }: { group: MediaLevel } & DateRange) =>
        findDeliveringFeeds(em, group, ids, range),
    ),
    metrics: byGroup((group) =>
      loadWith(openEm, (em, ids, range: DateRange) => sumMetrics(em, group, ids, range)),
    ),
    series: byGroup((group) =>
      loadWith(openEm, (em, ids, request: SeriesRequest) => sumSeries(em, group, ids, request)),
    ),
  };
}

export type Loaders = ReturnType<typeof createLoaders>;
