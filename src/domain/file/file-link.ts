import type { EntityManager } from '@mikro-orm/postgresql';
import { requirePerson, type Viewer } from '../identity/viewer.ts';
import { createSealer, type Sealer } from '../sealed.ts';
import type { File } from './file.entity.ts';
import { findFile } from './read-files.ts';

/** Which file a link opens, and for whom: the session that asked for it, while it stands. */
interface FileTicket {
  fileId: string;
  sessionId: string;
}

interface TicketCipher {
  encrypt(plaintext: string): string;
  decrypt(ciphertext: string): string;
}

const lifeMs = 5 * 60_000;

export function createFileTickets(cipher: TicketCipher): Sealer<FileTicket> {
  return createSealer(cipher, 'file', lifeMs);
}

/** Where a file can be fetched, without any header, for a short while. */
export interface FileLink {
  file: File;
  /** On the API's own host. */
  path: string;
  expiresAt: Date;
}

/**
 * Make a link to a file. What it proves is in the query, which is not logged.
 *
 * @throws {DomainError} NOT_FOUND; FORBIDDEN for a service token.
 */
export async function linkToFile(
  em: EntityManager,
  asker: Viewer,
  cipher: TicketCipher,
  id: string,
): Promise<FileLink> {
  const viewer = requirePerson(asker);
  const file = await findFile(em, viewer, id);
  const ticket = { fileId: id, sessionId: viewer.session?.id ?? '' };
  const sealed = createFileTickets(cipher).seal(ticket);
  return {
    file,
    path: `/files/${id}?ticket=${sealed}`,
    expiresAt: new Date(Date.now() + lifeMs),
  };
}
