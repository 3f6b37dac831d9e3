import { DomainError } from '../domain/errors.ts';
import type { GraphContext } from './context.ts';

/**
 * Note that somebody who is signed in could not prove that it is they.
 *
 * @param proof what they gave. @throws what was thrown.
 */
export function noteFailedProof(context: GraphContext, proof: 'PASSWORD' | 'CODE') {
  return async (error: unknown): Promise<never> => {
    const code = error instanceof DomainError && error.code;
    if (code === 'UNAUTHENTICATED' || code === 'RATE_LIMITED') {
      const { userId } = await context.viewer();
      const event = code === 'RATE_LIMITED' ? 'LOCKED_OUT' : 'SIGN_IN_FAILED';
      const { origin, services } = context;
      const of = { emailIndex: null, userId, origin };
      services.security.noteOfAccount({ event, ...of, after: { wrong: proof } });
    }
    throw error;
  };
}
