import { AsyncResource } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import type { RequestHandler } from 'express';
import type { Logger } from 'pino';
import type { RequestRecorder } from '../resolvers/record-operations.ts';
import { withLogContext } from './logger.ts';
import type { EmergencyWatch } from './watch-emergency.ts';

/** Records while an emergency lasts, at whatever level the log is. */
export function createRequestRecorder(
  log: Logger,
  { present }: Pick<EmergencyWatch, 'present'>,
): RequestRecorder {
  const always = log.child({}, { level: 'info' });
  return {
    isOn: () => Boolean(present()),
    record: (details, message) => always.info(details, message),
  };
}

/** Give each request an id, by which what is logged of it is found, and log it; with whom it is from where that is recorded. */
export function logRequests(log: Logger, recorder: RequestRecorder): RequestHandler {
  return (request, response, next) => {
    const requestId = randomUUID();
    response.set('x-request-id', requestId).locals.requestId = requestId;
    const { method, path: url, ip } = request;
    withLogContext({ requestId }, () => {
      const ended = AsyncResource.bind(() => {
        const line = { method, url, status: response.statusCode };
        if (!recorder.isOn()) return log.info(line, 'request');
        const userAgent = request.get('user-agent');
        const isAborted = !response.writableFinished;
        recorder.record({ ...line, ip, userAgent, isAborted }, 'request');
      });
      response.once('close', ended);
      next();
    });
  };
}
