import { createHash } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { FieldCipher } from '../../domain/encryption/field-cipher.ts';
import { DomainError } from '../../domain/errors.ts';
import { createSealer, type Sealer } from '../../domain/sealed.ts';

/** Whom a provider vouched for, to the browser that holds the secret of a challenge. */
export interface Ticket {
  /** By which it is known that it was traded. */
  id: string;
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

/** Trade a ticket, in the transaction of what it is traded for. @throws {DomainError} UNAUTHENTICATED the second time. */
export async function useTicket(em: EntityManager, id: string): Promise<void> {
  const [row] = await em.execute<{ isFirst: boolean }[]>('select use_ticket(?) as "isFirst"', [id]);
  if (!row?.isFirst) throw noTicket();
}

/** What to tell of a ticket that trades for nothing. */
export function noTicket(): DomainError {
  return new DomainError('UNAUTHENTICATED', 'Sign in with Google again.');
}
