import type { Request, Response } from 'express';
import { globalIdSql } from '../domain/global-id.ts';
import type { Viewer } from '../domain/identity/viewer.ts';
import { buildQuery } from '../domain/metric-rows/build-query.ts';
import { findArchivedMonths } from '../domain/metric-rows/find-archived-months.ts';
import { isCovered } from '../domain/metric-rows/is-covered.ts';
import { orderRows } from '../domain/metric-rows/order-rows.ts';
import { resolveMetricQuery } from '../domain/metric-rows/resolve-query.ts';
import { readPage } from '../domain/paging.ts';
import type { Reading } from '../domain/reading.ts';
import type { AskedRows, Format } from './format.ts';
import { linkToNext } from './link-to-next.ts';
import { mostRows, type Question } from './read-question.ts';
import { begin, sendBody } from './send-answer.ts';
import { isKnown, tagOf } from './tag-of.ts';

/** A question for rows, and where its answer goes. */
export interface Asking {
  question: Question;
  viewer: Viewer;
  format: Format;
  /** Of this program. */
  version: string;
  request: Request;
  response: Response;
  /** How long the reader may take nothing. */
  stallMs: number;
}

/**
 * Answer with metric rows, or that they are as they were.
 *
 * @param begun called when the first rows are there.
 * @throws {DomainError} BAD_USER_INPUT, FORBIDDEN.
 */
export async function answerMetrics(
  asking: Asking,
  reading: Reading,
  begun: () => void,
): Promise<void> {
  const { format, request, response, stallMs } = asking;
  const { contentType, extension, isCompressible } = format;
  const rows = await findRows(asking, reading);
  const { range } = rows.query;
  response.vary('authorization, accept-encoding');
  const tag = await tagOf(reading.em, rows, asking);
  response.set({ etag: tag, 'cache-control': 'private, no-cache' });
  // For formats that have no place for it.
  response.set('mediagraph-complete', String(rows.isComplete));
  const left = rows.archivedMonths.filter(({ isCounted }) => !isCounted);
  if (left.length > 0) {
    response.set('mediagraph-archived', left.map(({ month }) => month.slice(0, 7)).join(','));
  }
  if (isKnown(tag, request.get('if-none-match'))) return void response.status(304).end();
  const open = request.method === 'HEAD' ? null : await format.open(reading, rows);
  const body = open && (await begin(open.body));
  begun();
  response.attachment(`metrics_${range.from}_${range.to}.${extension}`).type(contentType);
  if (!body) return void response.end();
  if (open.endCursor) response.set('link', linkToNext(request.originalUrl, range, open.endCursor));
  const isCompressed = isCompressible && request.acceptsEncodings('gzip', 'identity') === 'gzip';
  await sendBody(body, response, { isCompressed, stallMs });
}

async function findRows({ question, viewer, format }: Asking, { em }: Reading): Promise<AskedRows> {
  const { order, after } = question;
  const query = await resolveMetricQuery(em, viewer, question.rows);
  const built = buildQuery(query, globalIdSql);
  if (built.isByFact) await em.execute('set local enable_hashagg = off');
  const ordering = orderRows(query, built.columns, order);
  const first = question.first ?? format.usualFirst ?? mostRows;
  return {
    question,
    query,
    built,
    page: readPage({ first, after }, ordering, mostRows),
    isComplete: await isCovered(em, query.filters, query.range),
    archivedMonths: await findArchivedMonths(em, query),
  };
}
