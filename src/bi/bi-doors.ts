import { type NextFunction, type Request, type Response, Router } from 'express';
import { noteTokenUse } from '../domain/audit-log/note-token-use.ts';
import { ofViewer, type SecurityLog } from '../domain/audit-log/security-log.ts';
import { DomainError } from '../domain/errors.ts';
import { giveTurns, type TurnLimits } from '../domain/give-turns.ts';
import { isAtLeast, requireRole, type Viewer } from '../domain/identity/viewer.ts';
import type { Reading } from '../domain/reading.ts';
import { answerAuditLog, auditFormats } from './answer-audit-log.ts';
import { answerError, type LogFailure } from './answer-error.ts';
import { answerMetrics } from './answer-metrics.ts';
import { answerRejectedRows, readRunId } from './answer-rejected-rows.ts';
import type { BiDatabase } from './bi-database.ts';
import { csv } from './csv.ts';
import { describeDoors } from './describe-doors.ts';
import type { Format } from './format.ts';
import { json } from './json.ts';
import { addressOf } from './link-to-next.ts';
import { parquet } from './parquet.ts';
import { readEntryFilter } from './read-entry-filter.ts';
import { readQuestion } from './read-question.ts';
import { doorOrigin, watchDownload } from './watch-download.ts';
import { type AnswerLimits, withinReading } from './within-reading.ts';

/** What the entry point passes in. */
export interface BiServices {
  database: BiDatabase;
  /** Whom a request acts for. @param known told who it is, be they refused or not. @throws {DomainError} UNAUTHENTICATED, FORBIDDEN. */
  authenticate(request: Request, known: (viewer: Viewer) => void): Promise<Viewer>;
  security: Pick<SecurityLog, 'noteOften' | 'noteDownload'>;
  /** Of this program. */
  version: string;
  /** How many answers may be under way at once. */
  mostStreams: number;
  logFailure: LogFailure;
  /** What tests make shorter. */
  limits?: Partial<DoorLimits>;
}

interface DoorLimits extends AnswerLimits, Omit<TurnLimits, 'inAll'> {
  /** How long a reader may take nothing. */
  stallMs: number;
}

const usualLimits: DoorLimits = {
  ...{ firstRowsMs: 60_000, wholeMs: 30 * 60_000, stallMs: 30_000 },
  ...{ perCaller: 4, turnMs: 5_000 },
};

const formats: readonly Format[] = [csv, json, parquet];

/** Metric rows, and the audit log, by plain HTTP, for tools that do not speak GraphQL. */
export function createBiDoors(services: BiServices): Router {
  const { database, security, version, mostStreams, logFailure } = services;
  const limits = { ...usualLimits, ...services.limits };
  const enter = giveTurns({ ...limits, inAll: mostStreams });
  // No organization has them all: others find room.
  const perOrganization = {
    perCaller: Math.ceil((mostStreams * 2) / 3),
    inAll: Number.POSITIVE_INFINITY,
  };
  const enterOrganization = giveTurns({ ...limits, ...perOrganization });
  const doors = Router();
  const open = (path: string, answer: (request: Request, response: Response) => Promise<unknown>) =>
    doors.route(path).get(answer).all(refuseMethod);

  doors.use(setHeaders);
  const authenticate = async (request: Request, response: Response) => {
    const viewer = await services.authenticate(request, (known) => {
      response.locals.viewer = known;
    });
    noteTokenUse(security, viewer, doorOrigin(request, response));
    return viewer;
  };
  /** Answer from a reading, when it is the viewer's turn. */
  const inTurn = async (
    viewer: Viewer,
    [request, response]: [Request, Response],
    entityType: string,
    answer: (reading: Reading, begun: () => void) => Promise<void>,
  ) => {
    const gone = hangUp(response);
    const leaveOrganization = await enterOrganization(viewer.organizationId);
    try {
      const leave = await enter(viewer.serviceToken?.id ?? String(viewer.userId));
      const begin = () => database.beginRead(viewer, true);
      await watchDownload(security, viewer, entityType, [request, response], () =>
        withinReading(begin, { ...limits, gone }, answer),
      ).finally(leave);
    } finally {
      leaveOrganization();
    }
  };
  open('/v1/schema', async (request, response) => {
    const viewer = await authenticate(request, response);
    response.json(describeDoors(isAtLeast(viewer, 'ANALYST')));
  });
  for (const format of formats) {
    open(`/v1/metrics.${format.extension}`, async (request, response) => {
      const viewer = await authenticate(request, response);
      const { searchParams } = addressOf(request.originalUrl);
      const question = readQuestion(searchParams, isAtLeast(viewer, 'ANALYST'));
      const asking = { question, viewer, format, version, request, response, ...limits };
      await inTurn(viewer, [request, response], 'MetricRows', (reading, begun) =>
        answerMetrics(asking, reading, begun),
      );
    });
  }
  for (const format of auditFormats) {
    open(`/v1/audit-log.${format.extension}`, async (request, response) => {
      const viewer = await authenticate(request, response);
      requireRole(viewer, 'ADMIN');
      const filter = readEntryFilter(addressOf(request.originalUrl).searchParams);
      const asking = { filter, format, request, response, ...limits };
      await inTurn(viewer, [request, response], 'AuditLog', (reading, begun) =>
        answerAuditLog(asking, reading, begun),
      );
    });
  }
  open('/v1/rejected-rows.csv', async (request, response) => {
    const viewer = await authenticate(request, response);
    requireRole(viewer, 'ANALYST');
    const runId = readRunId(addressOf(request.originalUrl).searchParams);
    const asking = { runId, request, response, ...limits };
    await inTurn(viewer, [request, response], 'RejectedRows', (reading, begun) =>
      answerRejectedRows(asking, reading, begun),
    );
  });
  doors.use(() => {
    const names = [
      ...formats.map(({ extension }) => `/bi/v1/metrics.${extension}`),
      ...auditFormats.map(({ extension }) => `/bi/v1/audit-log.${extension}`),
      '/bi/v1/rejected-rows.csv',
    ];
    throw new DomainError('NOT_FOUND', `There are ${names.join(', ')} and /bi/v1/schema.`);
  });
  doors.use((error: unknown, request: Request, response: Response, _next: NextFunction) => {
    const viewer: Viewer | undefined = response.locals.viewer;
    if (viewer && error instanceof DomainError && error.code === 'FORBIDDEN') {
      security.noteOften({
        ...{ ...ofViewer(viewer), event: 'PERMISSION_REFUSED', entityType: 'Operation' },
        ...{
          entityId: null,
          after: { field: request.path },
          origin: doorOrigin(request, response),
        },
      });
    }
    answerError(error, response, logFailure);
  });
  return doors;
}

const exposed =
  'etag, link, retry-after, content-disposition, mediagraph-complete, mediagraph-archived';

/** What holds for every answer. Of its headers a browser's page sees those that are named. */
function setHeaders(_request: Request, response: Response, next: NextFunction): void {
  response.set({
    'access-control-expose-headers': exposed,
    'x-content-type-options': 'nosniff',
  });
  next();
}

function refuseMethod(_request: Request, response: Response): void {
  const message = 'This is read with GET.';
  response.status(405).set('allow', 'GET, HEAD');
  response.json({ error: { code: 'BAD_USER_INPUT', message } });
}

/** Tells when the caller left before the answer was sent whole. */
function hangUp(response: Response): AbortSignal {
  const gone = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) gone.abort();
  });
  return gone.signal;
}
