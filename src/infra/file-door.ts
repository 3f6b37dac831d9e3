import { pipeline } from 'node:stream/promises';
import { type NextFunction, type Request, type Response, Router } from 'express';
import { originOf } from '../domain/audit-log/origin-of.ts';
import type { Actor } from '../domain/audit-log/record-change.ts';
import type { SecurityLog } from '../domain/audit-log/security-log.ts';
import type { FieldCipher } from '../domain/encryption/field-cipher.ts';
import { DomainError } from '../domain/errors.ts';
import type { ObjectStore } from '../domain/feed/object-store.ts';
import type { File } from '../domain/file/file.entity.ts';
import { createFileTickets } from '../domain/file/file-link.ts';
import { findFile } from '../domain/file/read-files.ts';
import { giveTurns } from '../domain/give-turns.ts';
import { requireScope } from '../domain/identity/viewer.ts';
import type { Database } from './database.ts';
import type { SessionMember } from './open-as-member.ts';

export interface FileDoorOptions {
  database: Pick<Database, 'call' | 'withTenant'>;
  store: Pick<ObjectStore, 'readKept'>;
  cipher: FieldCipher;
  security: Pick<SecurityLog, 'noteDownload'>;
  /** Count a request against whom it turns out to be from, or else its address. @throws {DomainError} RATE_LIMITED. */
  count(request: Request, authenticate: () => Promise<Actor>): Promise<Actor>;
  answerError(error: unknown, response: Response): void;
  /** How long a reader may take nothing; what tests make shorter. */
  stallMs?: number;
}

/** Files under way at once: the object store lends a process 50 connections, and its health check needs one, too. */
const turns = { perCaller: 10, inAll: 30, turnMs: 5_000 };

/**
 * `GET /<file id>?ticket=...`, from `createFileLink`: a browser fetches a file without any header.
 *
 * The ticket lives for minutes and opens one file, as whom its session is of by now: once that has ended, or its member
 * may not read the file any more, it opens nothing. Parts can be asked for (`Range`), so that a download that broke off
 * goes on.
 */
export function createFileDoor(options: FileDoorOptions): Router {
  const { database, store, cipher, security, stallMs = 30_000 } = options;
  const tickets = createFileTickets(cipher);
  const enter = giveTurns(turns);
  const door = Router();

  const authenticate = async (request: Request, response: Response, id: string) => {
    const ticket = tickets.open(String(request.query.ticket));
    if (ticket?.fileId !== id) throw refused();
    const [member] = await database.call<SessionMember>('find_session_member', ticket.sessionId);
    if (!member) throw refused();
    const actor = actorOf(member, ticket.sessionId, request, response);
    requireScope(actor, 'READ');
    return actor;
  };

  door.get('/:id', async (request, response) => {
    const { id } = request.params;
    const actor = await options.count(request, () => authenticate(request, response, id));
    const file = await database.withTenant(actor, (em) => findFile(em, actor, id));
    const bytes = chooseBytes(request, response, file);
    if (bytes === 'NONE' || request.method === 'HEAD') return void response.end();
    const leave = await enter(actor.organizationId);
    try {
      const { kind, sizeBytes, sha256 } = file;
      security.noteDownload(actor, actor.origin, {
        ...{ entityType: 'File', entityId: id, asked: { kind, sizeBytes, sha256 } },
        bytes: Number(response.get('content-length')),
      });
      response.setTimeout(stallMs, () => response.destroy());
      await pipeline(await store.readKept(file.storageKey, bytes), response);
    } finally {
      leave();
    }
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
    origin: originOf(
      { ip: request.ip, userAgent: request.get('user-agent') },
      response.locals.requestId,
    ),
  };
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
