import { createHash, timingSafeEqual } from 'node:crypto';
import type { RequestHandler } from 'express';
import { DomainError } from '../domain/errors.ts';
import { callerAt } from '../domain/identity/meter.ts';
import type { RateLimit, RateLimiter } from '../domain/rate-limit.ts';

/** A page asks for a dozen things at once, each with the password; given back, they do not add up. */
const triesPerAddress: RateLimit = { name: 'operator', points: 30, seconds: 60 };

/** Let in whoever knows the operator's password (HTTP Basic, as `operator`), over all servers not too often. */
export function requireOperator(password: string, rateLimiter: RateLimiter): RequestHandler {
  const expected = digest(`operator:${password}`);
  return async (request, response, next) => {
    const [, credential] = /^Basic +(\S+)$/i.exec(request.get('authorization') ?? '') ?? [];
    const refuse = () =>
      response
        .status(401)
        .set('www-authenticate', 'Basic realm="Mediagraph operators", charset="UTF-8"')
        .json({ error: 'This is for operators only.' });
    if (!credential) return refuse();
    const address = callerAt(request.ip ?? null);
    try {
      await rateLimiter.consume(triesPerAddress, address);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      return response.status(429).json({ error: error.message });
    }
    const given = digest(Buffer.from(credential, 'base64').toString());
    if (!timingSafeEqual(given, expected)) return refuse();
    await rateLimiter.giveBack(triesPerAddress, address);
    return next();
  };
}

/** Of the same length whatever the text, so that comparing takes the same time. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
