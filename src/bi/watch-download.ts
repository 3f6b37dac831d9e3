import type { Request, Response } from 'express';
import { originOf } from '../domain/audit-log/origin-of.ts';
import type { SecurityLog } from '../domain/audit-log/security-log.ts';
import type { Viewer } from '../domain/identity/viewer.ts';
import { addressOf } from './link-to-next.ts';

/** Answer, and note which file was taken and how much of it, be it sent whole or not; one that was not begun is none. */
export async function watchDownload(
  security: Pick<SecurityLog, 'noteDownload'>,
  viewer: Viewer,
  entityType: string,
  [request, response]: [Request, Response],
  answer: () => Promise<void>,
): Promise<void> {
  const { socket } = request;
  const before = socket.bytesWritten;
  try {
    await answer();
  } finally {
    if (response.statusCode === 200 && response.headersSent && request.method !== 'HEAD') {
      const { pathname, searchParams } = addressOf(request.originalUrl);
      searchParams.delete('token');
      const asked = { file: pathname, parameters: searchParams.toString().slice(0, 2000) };
      const bytes = socket.bytesWritten - before;
      const origin = doorOrigin(request, response);
      security.noteDownload(viewer, origin, { entityType, entityId: null, asked, bytes });
    }
  }
}

/** Where a request to a door came from. */
export function doorOrigin(request: Request, response: Response) {
  const userAgent = request.get('user-agent');
  return originOf({ ip: request.ip, userAgent }, String(response.locals.requestId ?? ''));
}
