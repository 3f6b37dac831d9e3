import { createHash } from 'node:crypto';
import type { FieldCipher } from '../../domain/encryption/field-cipher.ts';
import { createSealer, type Sealer } from './sealed.ts';

/** Whom a provider vouched for, to the browser that holds the secret of a challenge. */
export interface Ticket {
  userId: string;
  challenge: string;
}

const ticketMs = 60_000;

export function createTicketSealer(
  cipher: Pick<FieldCipher, 'encrypt' | 'decrypt'>,
): Sealer<Ticket> {
  return createSealer<Ticket>(cipher, 'ticket', ticketMs);
}

/** Whether a ticket is traded by who asked for it. */
export function isHolder({ challenge }: Ticket, secret: string): boolean {
  return createHash('sha256').update(secret).digest('base64url') === challenge;
}
