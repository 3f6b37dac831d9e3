import { type NextFunction, type Request, type Response, Router } from 'express';
import { DomainError } from '../domain/errors.ts';
import { giveTurns, type TurnLimits } from '../domain/give-turns.ts';
import { isAtLeast, type Viewer } from '../domain/identity/viewer.ts';
import { answerError, type LogFailure } from './answer-error.ts';
import { answerMetrics } from './answer-metrics.ts';
import type { BiDatabase } from './bi-database.ts';
import { csv } from './csv.ts';
import { describeDoors } from './describe-doors.ts';
import type { Format } from './format.ts';
import { json } from './json.ts';
import { addressOf } from './link-to-next.ts';
import { parquet } from './parquet.ts';
import { readQuestion } from './read-question.ts';
import { type AnswerLimits, withinReading } from './within-reading.ts';

/** What the entry point passes in. */
export interface BiServices {
  database: BiDatabase;
  /** Whom a request acts for. @throws {DomainError} UNAUTHENTICATED, FORBIDDEN. */
  authenticate(request: Request): Promise<Viewer>;
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

/** Metric rows by plain HTTP, for tools that do not speak GraphQL. */
export function createBiDoors(services: BiServices): Router {
  const { database, authenticate, version, mostStreams, logFailure } = services;
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
  open('/v1/schema', async (request, response) => {
    const viewer = await authenticate(request);
    response.json(describeDoors(isAtLeast(viewer, 'ANALYST')));
  });
  for (const format of formats) {
    open(`/v1/metrics.${format.extension}`, async (request, response) => {
      const gone = hangUp(response);
      const viewer = await authenticate(request);
      const { searchParams } = addressOf(request.originalUrl);
      const question = readQuestion(searchParams, isAtLeast(viewer, 'ANALYST'));
      const asking = { question, viewer, format, version, request, response, ...limits };
      const leaveOrganization = await enterOrganization(viewer.organizationId);
      try {
        const leave = await enter(viewer.serviceToken?.id ?? String(viewer.userId));
        await withinReading(
          () => database.beginRead(viewer, true),
          { ...limits, gone },
          (reading, begun) => answerMetrics(asking, reading, begun),
        ).finally(leave);
      } finally {
        leaveOrganization();
      }
    });
  }
  doors.use(() => {
    const names = formats.map(({ extension }) => `/bi/v1/metrics.${extension}`).join(', ');
    throw new DomainError('NOT_FOUND', `There are ${names} and /bi/v1/schema.`);
  });
  doors.use((error: unknown, _request: Request, response: Response, _next: NextFunction) =>
    answerError(error, response, logFailure),
  );
  return doors;
}

const exposed = 'etag, link, retry-after, content-disposition, mediagraph-complete';

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
