import type { RequestHandler } from 'express';
import { DomainError } from '../domain/errors.ts';
import { type Meter, payerAt, payerOf } from '../domain/identity/meter.ts';
import type { Viewer } from '../domain/identity/viewer.ts';

/** What a request to one of the plain HTTP doors costs, in points: a statement over many rows. */
const points = 1_000;

/**
 * Count a request to one of the plain HTTP doors: against whom it acts for, or else the address that it is from.
 *
 * @param authenticate finds out whom it acts for.
 * @throws {DomainError} RATE_LIMITED, and what `authenticate` throws.
 */
export async function countRequest<V extends Viewer>(
  meter: Meter,
  ip: string | undefined,
  authenticate: () => Promise<V>,
): Promise<V> {
  const viewer = await authenticate().catch(async (error) => {
    if (error instanceof DomainError) await meter.admit(payerAt(ip ?? null));
    throw error;
  });
  await meter.charge(payerOf(viewer), points);
  return viewer;
}

/** Count requests that nobody is signed in for, to doors that let people in; one too many is answered 429. */
export function countStrangers(meter: Meter): RequestHandler {
  return async (request, response, next) => {
    try {
      await meter.admit(payerAt(request.ip ?? null));
      next();
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      const { code, message, retryAfter } = error;
      response.status(429).set('retry-after', String(retryAfter));
      response.json({ errors: [{ message, extensions: { code, retryAfter } }] });
    }
  };
}
