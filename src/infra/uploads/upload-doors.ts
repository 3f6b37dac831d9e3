import { type NextFunction, type Request, type Response, Router } from 'express';
import { originOf } from '../../domain/audit-log/origin-of.ts';
import type { Actor } from '../../domain/audit-log/record-change.ts';
import type { FieldCipher } from '../../domain/encryption/field-cipher.ts';
import { badInput, DomainError } from '../../domain/errors.ts';
import { giveTurns } from '../../domain/give-turns.ts';
import { requireRole, type Viewer } from '../../domain/identity/viewer.ts';
import { actorOf } from '../../domain/upload/actor-of.ts';
import { mostBytes as mostBytesOfFile } from '../../domain/upload/create-upload.ts';
import { createUploadTickets } from '../../domain/upload/upload-link.ts';
import type { UploadDesk } from '../../jobs/upload-desk.ts';
import type { Authenticator } from '../../resolvers/graph-services.ts';
import { answerUpload, type WriteId } from './answer-upload.ts';
import { readForm, type UploadForm } from './read-form.ts';

export interface UploadDoorOptions {
  desk: UploadDesk;
  /** Whom a request acts for. @throws {DomainError} UNAUTHENTICATED, FORBIDDEN. */
  authenticate(request: Request): Promise<Viewer>;
  /** Count a request against whom it turns out to be from, or else its address. @throws {DomainError} RATE_LIMITED. */
  count<V extends Viewer>(request: Request, authenticate: () => Promise<V>): Promise<V>;
  authenticator: Pick<Authenticator, 'findEnded'>;
  cipher: FieldCipher;
  /** @throws {DomainError} BAD_USER_INPUT when it is not the id of such a type. */
  readId(type: string, id: string, ...fields: string[]): string;
  writeId: WriteId;
  answerError(error: unknown, response: Response): void;
  /** How long an answer waits for what becomes of a file. */
  waitMs?: number;
  /** What tests make less. */
  mostBytes?: number;
}

/** Files that are taken in at once, of an organization and in all: each may be on disk while it is. */
const turns = { perCaller: 4, inAll: 10, turnMs: 10_000 };
const fields = ['feedId', 'apply', 'columnMappingId', 'sheet', 'sha256', 'idempotencyKey'] as const;

/**
 * Doors for files: `PUT /<upload id>?ticket=...`, from `createUpload`, takes one file without any header; `POST /` takes
 * a form (`curl -F file=@export.csv -F feedId=... [-F apply=true]`) and answers what became of the file.
 *
 * Both stream, and stop at 50 MB, whatever was announced.
 */
export function createUploadDoors(options: UploadDoorOptions): Router {
  const { desk, authenticator, cipher, waitMs = 60_000, mostBytes = mostBytesOfFile } = options;
  const tickets = createUploadTickets(cipher);
  const enter = giveTurns(turns);
  const inTurn = async <T>({ organizationId }: Actor, take: () => Promise<T>) => {
    const leave = await enter(organizationId);
    return take().finally(leave);
  };
  const doors = Router();

  /** Who sends the file of an upload: they stand as they did when they got the link. */
  const openTicket = async (request: Request, response: Response, id: string) => {
    const ticket = tickets.open(String(request.query.ticket));
    if (ticket?.uploadId !== id) throw refused();
    const { sessionId, serviceTokenId, sizeBytes } = ticket;
    const ended = await authenticator.findEnded({
      sessionIds: sessionId ? [sessionId] : [],
      serviceTokenIds: serviceTokenId ? [serviceTokenId] : [],
    });
    if (ended.length > 0) throw refused();
    const { requestId, ...origin } = originOfRequest(request, response);
    return { ...actorOf(ticket, requestId, origin), sizeBytes };
  };

  doors.put('/:id', async (request, response) => {
    const { id } = request.params;
    const { sizeBytes, ...actor } = await options.count(request, () =>
      openTicket(request, response, id),
    );
    checkLength(request, sizeBytes);
    const upload = await inTurn(actor, () => desk.receive(actor, id, request));
    answerUpload(response, { upload, isSettled: false, run: null }, options.writeId);
  });

  doors.post('/', async (request, response) => {
    const viewer = await options.count(request, () => options.authenticate(request));
    if (!viewer.serviceToken) requireRole(viewer, 'ADMIN');
    const actor = { ...viewer, origin: originOfRequest(request, response) };
    const id = await inTurn(actor, async () => {
      const form = await readForm(request, fields, mostBytes);
      return handIn(options, actor, form).finally(form.drop);
    });
    answerUpload(response, await desk.outcome(actor, id, waitMs), options.writeId);
  });

  doors.all('/{:id}', (request, response) => {
    const method = request.params.id ? 'PUT' : 'POST';
    const error = { code: 'BAD_USER_INPUT', message: `Files are sent here with ${method}.` };
    response.status(405).set('allow', method).json({ error });
  });
  doors.use((error: unknown, request: Request, response: Response, _next: NextFunction) => {
    swallow(request);
    options.answerError(error, response);
  });
  return doors;
}

/**
 * Announce and receive the file of a form.
 *
 * @returns the upload's id; of one that came before, by its idempotency key.
 * @throws {DomainError} CONFLICT: another file came under the key.
 */
async function handIn(
  { desk, readId }: UploadDoorOptions,
  actor: Actor,
  { fields: given, file }: UploadForm,
): Promise<string> {
  const feedId = given.get('feedId');
  if (!feedId) throw badInput('Give the field feedId: which feed the file is for.', 'feedId');
  const mappingId = given.get('columnMappingId');
  const upload = await desk.announce(actor, {
    ...{ fileName: file.name, sizeBytes: file.sizeBytes },
    feedId: readId('Feed', feedId, 'feedId'),
    columnMappingId: mappingId ? readId('ColumnMapping', mappingId, 'columnMappingId') : null,
    sheet: given.get('sheet') ?? null,
    sha256: given.get('sha256') ?? null,
    applies: isTrue(given, 'apply') ? 'ALWAYS' : 'WHEN_NEW',
    idempotencyKey: given.get('idempotencyKey') ?? null,
  });
  if (upload.state === 'AWAITING_FILE') await desk.receive(actor, upload.id, file.read());
  else if (upload.sha256 !== null && upload.sha256 !== file.sha256) {
    const message = 'Another file was sent under this idempotency key.';
    throw new DomainError('CONFLICT', message, { fields: ['idempotencyKey'] });
  }
  return upload.id;
}

function isTrue(given: ReadonlyMap<string, string>, field: string): boolean {
  const text = given.get(field) ?? 'false';
  if (text !== 'true' && text !== 'false') throw badInput(`${field} is true or false.`, field);
  return text === 'true';
}

/** @throws {DomainError} BAD_USER_INPUT before anything is read, where what comes is not what was announced. */
function checkLength(request: Request, sizeBytes: number): void {
  const length = request.get('content-length');
  if (length === undefined) throw badInput('Send the Content-Length of the file.');
  if (length !== String(sizeBytes)) {
    throw badInput(`${length} bytes are coming, where ${sizeBytes} were announced.`);
  }
}

/** Who sends a file hears why it is refused only once it is sent: let it pass by, up to a size. */
function swallow(request: Request): void {
  let bytes = 0;
  request.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > mostBytesOfFile) request.destroy();
  });
  request.resume();
}

function refused(): DomainError {
  return new DomainError('UNAUTHENTICATED', 'The link is not valid any more: make a new upload.');
}

function originOfRequest(request: Request, response: Response): Actor['origin'] {
  const userAgent = request.get('user-agent');
  return originOf({ ip: request.ip, userAgent }, String(response.locals.requestId ?? ''));
}
