import { pipeline } from 'node:stream/promises';
import { type NextFunction, type Request, type Response, Router } from 'express';
import { type Actor, recordChange } from '../domain/audit-log/record-change.ts';
import type { FieldCipher } from '../domain/encryption/field-cipher.ts';
import { DomainError } from '../domain/errors.ts';
import type { ObjectStore } from '../domain/feed/object-store.ts';
import type { File } from '../domain/file/file.entity.ts';
import { createFileTickets } from '../domain/file/file-link.ts';
import { findFile } from '../domain/file/read-files.ts';
import { requireScope } from '../domain/identity/viewer.ts';

import type { Database } from './database.ts';
import type { SessionMember } from './open-as-member.ts';

export interface FileDoorOptions {
  database: Pick<Database, 'call' | 'withTenant'>;
  store: Pick<ObjectStore, 'readKept'>;
  cipher: FieldCipher;
  answerError(error: unknown, response: Response): void;
}

/**
 * `GET /<file id>?ticket=...`, from `createFileLink`: a browser fetches a file without any header.
 *
 * The ticket lives for minutes and opens one file, as whom its session is of by now: once that has ended, or its member
 * may not read the file any more, it opens nothing. Parts can be asked for (`Range`), so that a download that broke off
 * goes on.
 */
export function createFileDoor(options: FileDoorOptions): Router {
  const { database, store, cipher } = options;
  const tickets = createFileTickets(cipher);
  const door = Router();

  door.get('/:id', async (request, response) => {
    const { id } = request.params;
    const ticket = tickets.open(String(request.query.ticket));
    if (ticket?.fileId !== id) throw refused();
    const [member] = await database.call<SessionMember>('find_session_member', ticket.sessionId);
    if (!member) throw refused();
    const actor = actorOf(member, ticket.sessionId, request, response);
    requireScope(actor, 'READ');
    const file = await database.withTenant(actor, async (em) => {
      const found = await findFile(em, actor, id);
      if (request.method === 'GET') recordDownload(em, actor, found);
      return found;
    });
    const bytes = chooseBytes(request, response, file);
    if (bytes === 'NONE' || request.method === 'HEAD') response.end();
    else await pipeline(await store.readKept(file.storageKey, bytes), response);
  });
  door.all('/:id', (_request, response) => {
    const error = { code: 'BAD_USER_INPUT', message: 'This is read with GET.' };
    response.status(405).set('allow', 'GET, HEAD').json({ error });
  });
  door.use((error: unknown, _request: Request, response: Response, _next: NextFunction) => {
    // Of an answer that failed nothing may be taken for the file.
    if (!response.headersSent) {
      for (const name of ['content-disposition', 'content-length', 'content-range', 'etag'])
        response.removeHeader(name);
    }
    options.answerError(error, response);
  });
  return door;
}

function refused(): DomainError {
  return new DomainError('UNAUTHENTICATED', 'The link is not valid any more: make a new one.');
}

function actorOf(member: SessionMember, id: string, request: Request, response: Response): Actor {
  return {
    organizationId: member.organization_id,
    userId: member.user_id,
    email: null,
    role: member.role,
    clientIds: member.client_ids,
    session: { id, tokenEndsAt: new Date(), mustEnrol: member.must_enrol },
    origin: {
      requestId: response.locals.requestId,
      ip: request.ip ?? null,
      userAgent: request.get('user-agent') ?? null,
    },
  };
}

function recordDownload(
  em: Parameters<typeof recordChange>[0],
  actor: Actor,
  { id, kind, sizeBytes, sha256 }: File,
): void {
  const after = { kind, sizeBytes, sha256 };
  const entity = { entityType: 'File', entityId: id };
  recordChange(em, actor, { action: 'DOWNLOAD', ...entity, before: null, after });
}

/** Say what is sent. @returns the part that was asked for, undefined for the whole, `NONE` for what there is not. */
function chooseBytes(request: Request, response: Response, { name, contentType, ...file }: File) {
  const size = file.sizeBytes ?? 0;
  const etag = `"${file.sha256}"`;
  response.attachment(name).set({
    'content-type': contentType,
    'cache-control': 'private, no-store',
    'x-content-type-options': 'nosniff',
    'accept-ranges': 'bytes',
    etag,
  });
  const isSame = (request.get('if-range') ?? etag) === etag;
  const ranges = isSame ? request.range(size, { combine: true }) : undefined;
  if (ranges === -1) {
    response.status(416).set('content-range', `bytes */${size}`);
    return 'NONE';
  }
  const [only, ...others] = Array.isArray(ranges) && ranges.type === 'bytes' ? ranges : [];
  if (!only || others.length > 0) {
    response.set('content-length', String(size));
    return undefined;
  }
  const { start, end } = only;
  response.status(206).set({
    'content-range': `bytes ${start}-${end}/${size}`,
    'content-length': String(end - start + 1),
  });
  return { start, end };
}
