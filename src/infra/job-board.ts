import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import { ExpressAdapter } from '@bull-board/express';
import type { Queue } from 'bullmq';
import { type RequestHandler, Router } from 'express';
import type { RateLimiter } from '../domain/rate-limit.ts';
import { requireOperator } from './require-operator.ts';

export interface JobBoardOptions {
  queues: Queue[];
  /** Of the one user that the board has. */
  password: string;
  /** Whether deliveries may be moved and removed, not only looked at. */
  isWritable: boolean;
  rateLimiter: RateLimiter;
}

/**
 * A board of what the queues hold, for the operators of the installation: it knows no organizations, and
 * their tokens do not open it. A delivery names a job run and nothing else; what the run is about, and how it
 * is, PostgreSQL knows.
 *
 * @param at where it is served.
 */
export function createJobBoard(at: string, options: JobBoardOptions): RequestHandler {
  const { queues, password, isWritable, rateLimiter } = options;
  const serverAdapter = new ExpressAdapter();
  serverAdapter.setBasePath(at);
  createBullBoard({
    queues: queues.map((queue) => new BullMQAdapter(queue, { readOnlyMode: !isWritable })),
    serverAdapter,
    options: { uiConfig: { boardTitle: 'Mediagraph', hideDocsLink: true } },
  });
  return Router().use(
    protectPage,
    requireOperator(password, rateLimiter),
    isWritable ? allowMoves : refuseChanges,
    serverAdapter.getRouter().disable('x-powered-by'),
  );
}

/** Everything the page needs comes from here; its fonts, which would not, are done without. */
const contentSecurityPolicy = [
  `default-src 'none'`,
  `script-src 'self'`,
  `style-src 'self' 'unsafe-inline'`,
  `img-src 'self' data:`,
  `connect-src 'self'`,
  `base-uri 'self'`,
  `form-action 'none'`,
  `frame-ancestors 'none'`,
].join('; ');

const protectPage: RequestHandler = (_request, response, next) => {
  response.set({
    'cache-control': 'no-store',
    'content-security-policy': contentSecurityPolicy,
    'referrer-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
  });
  next();
};

const reads = new Set(['GET', 'HEAD']);

const refuseChanges: RequestHandler = ({ method }, response, next) => {
  if (reads.has(method)) return next();
  response.status(405).set('allow', 'GET, HEAD').json({ error: 'The board is read-only.' });
};

/**
 * The moves that PostgreSQL makes good again if they were wrong. New deliveries, and pauses, which it would
 * not know of, are not among them.
 */
const move = /^\/api\/queues\/[^/]+(\/[^/]+)?\/(retry|promote|clean)(\/[^/]+)?$/;

/** A browser sends the operator's password along with what other sites make it ask: only its own pages count. */
const allowMoves: RequestHandler = (request, response, next) => {
  if (reads.has(request.method)) return next();
  const origin = request.get('origin') ?? '';
  const isOwn = URL.canParse(origin) && new URL(origin).host === request.get('host');
  if (isOwn && move.test(request.path)) return next();
  const error = isOwn
    ? 'The board only retries, promotes and removes deliveries.'
    : 'The request comes from another site.';
  response.status(403).json({ error });
};
