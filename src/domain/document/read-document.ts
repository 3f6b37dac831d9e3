import type { EntityManager } from '@mikro-orm/postgresql';
import type { Client } from '../client/client.entity.ts';
import { globalIdSql } from '../global-id.ts';
import { Organization } from '../identity/organization.entity.ts';
import { isAtLeast, type Viewer } from '../identity/viewer.ts';
import { summedMonthsOf } from '../metric-rows/build-query.ts';
import { findFeeds } from '../metric-rows/find-feeds.ts';
import { listMetricRows } from '../metric-rows/list-metric-rows.ts';
import type { Row } from '../metric-rows/order-rows.ts';
import type { ExportedQuery } from '../metrics-export/metrics-export.entity.ts';
import { previousPeriod } from '../range-preset.ts';
import {
  type DocumentPart,
  documentParts,
  type MetricsDocument,
  type Note,
  type SectionOf,
} from './document.ts';
import { readBrand } from './read-brand.ts';
import { readGaps } from './read-coverage.ts';
import { noteGaps, noteMethods, readRestatements } from './read-notes.ts';
import {
  currenciesOf,
  lacksMost,
  makeTiles,
  type RangeTotals,
  readRangeTotals,
} from './read-tiles.ts';
import { readTopCampaigns } from './read-top-campaigns.ts';
import { readTrend } from './read-trend.ts';

/** Rows of a document's table: it is for reading, and what has more is a spreadsheet's. */
const mostRows = 500;
/** Of each kind of notes. */
const mostNotes = 40;

/** What a document is made of, and for whom. */
export interface DocumentRequest {
  viewer: Viewer;
  query: ExportedQuery;
  locale: string;
  /** The client that it is of, where that is one alone. */
  client: Client | null;
  title?: string | undefined;
  /** All where left out. */
  parts?: readonly DocumentPart[] | undefined;
}

/**
 * Read a document on a metric query: its totals beside those of the period before, their course, the top campaigns, its
 * rows, and what is to be known of them. Figures come from what answers the graph, in one transaction.
 */
export async function readDocument(
  em: EntityManager,
  { viewer, query, locale, client, title, parts = documentParts }: DocumentRequest,
): Promise<MetricsDocument> {
  const { organizationId } = viewer;
  const organization = await em.findOneOrFail(Organization, organizationId);
  const feedIds = await findFeeds(em, query.filters);
  const gaps = await readGaps(em, feedIds, query.range);
  const before = { ...query, range: previousPeriod(query.range, query.preset) };
  const totals = await readRangeTotals(em, query, gaps);
  const basis = await readRangeTotals(em, before, await readGaps(em, feedIds, before.range));
  const currencies = currenciesOf(totals);
  const shows = (part: DocumentPart) => totals.rows.length > 0 && parts.includes(part);
  const withReasons = isAtLeast(viewer, 'ANALYST');
  const ofRange = { summed: summedMonthsOf(query), isBasis: false, withReasons };
  const notes = [
    ...(totals.rows.length === 0 ? [text('There are no data of these days.')] : []),
    ...(await noteMethods(em, query)),
    ...cut(noteGaps(gaps, ofRange), 'gaps'),
    ...(shows('KEY_FIGURES') ? noteBasis(before, basis, withReasons) : []),
    ...cut(await readRestatements(em, feedIds, query.range), 'restated days'),
  ];
  return {
    title: title ?? 'Performance report',
    subject: client?.name ?? organization.name,
    days: query.range,
    madeAt: new Date(),
    timeZone: client?.timeZone ?? organization.timeZone,
    locale,
    brand: await readBrand(em, organizationId),
    sections: [
      ...(parts.includes('KEY_FIGURES') ? makeTiles(query, totals, basis) : []),
      ...(shows('TREND') ? await readTrend(em, query, currencies, gaps) : []),
      ...(shows('TOP_CAMPAIGNS') ? await readTopCampaigns(em, query, currencies) : []),
      ...(shows('DETAILS') ? [await readTable(em, query, totals.rows)] : []),
      { kind: 'NOTES', title: 'Notes', notes },
    ],
  };
}

async function readTable(
  em: EntityManager,
  query: ExportedQuery,
  totals: Row[],
): Promise<SectionOf<'TABLE'>> {
  const request = { first: mostRows };
  const { columns, page } = await listMetricRows(em, query, query.order, request, globalIdSql);
  const rows = page.edges.map(({ node }) =>
    Object.fromEntries(columns.map(({ key }, index) => [key, node[index] ?? null])),
  );
  return {
    ...{ kind: 'TABLE', title: 'Details', columns, rows },
    // The rows of a query without dimensions are totals themselves.
    totals: query.dimensions.length > 0 ? totals : [],
    isCut: page.pageInfo.hasNextPage,
  };
}

/** What is missing of the days that changes are told from. */
function noteBasis(before: ExportedQuery, basis: RangeTotals, withReasons: boolean): Note[] {
  const gaps = noteGaps(basis.gaps, {
    ...{ summed: summedMonthsOf(before), isBasis: true, withReasons },
  });
  const isLacking = basis.rows.length > 0 && lacksMost(before, basis);
  const why = 'Most of the days compared with have no data, so that no change is told.';
  return [...(isLacking ? [text(why)] : []), ...cut(gaps, 'gaps of the days compared with')];
}

function text(words: string): Note {
  return { kind: 'TEXT', text: words };
}

function cut(notes: Note[], what: string): Note[] {
  const rest = notes.length - mostNotes;
  return rest > 0 ? [...notes.slice(0, mostNotes), text(`And ${rest} more ${what}.`)] : notes;
}
