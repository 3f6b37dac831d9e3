import type { Actor } from '../audit-log/record-change.ts';
import { createSealer, type Sealer } from '../sealed.ts';
import { linkMinutes } from './create-upload.ts';
import type { Upload } from './upload.entity.ts';

/** Which file a link takes, and who asked for it: it holds while their session or token does. */
export interface UploadTicket {
  uploadId: string;
  /** It takes a file of just this size. */
  sizeBytes: number;
  organizationId: string;
  userId: string | null;
  sessionId: string | null;
  serviceTokenId: string | null;
}

interface TicketCipher {
  encrypt(plaintext: string): string;
  decrypt(ciphertext: string): string;
}

export function createUploadTickets(cipher: TicketCipher): Sealer<UploadTicket> {
  return createSealer(cipher, 'upload', linkMinutes * 60_000);
}

/** Where a file can be sent by PUT, without any header: a path on the API's own host. What it proves is in the query, which is not logged. */
export function linkToUpload(
  actor: Actor,
  cipher: TicketCipher,
  { id, organizationId, declaredBytes }: Upload,
): string {
  const ticket = createUploadTickets(cipher).seal({
    ...{ uploadId: id, sizeBytes: declaredBytes, organizationId, userId: actor.userId },
    ...{ sessionId: actor.session?.id ?? null, serviceTokenId: actor.serviceToken?.id ?? null },
  });
  return `/uploads/${id}?ticket=${ticket}`;
}
