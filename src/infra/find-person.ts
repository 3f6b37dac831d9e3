import type { FieldCipher } from '../domain/encryption/field-cipher.ts';
import { DomainError } from '../domain/errors.ts';
import { requireScope, type Viewer } from '../domain/identity/viewer.ts';
import type { Authenticator } from '../resolvers/graph-services.ts';
import type { AccessTokens } from './access-tokens.ts';
import type { Database } from './database.ts';
import { addLogContext } from './logger.ts';
import type { SessionMember } from './open-as-member.ts';

/**
 * Looks people up by their access tokens, each time anew: who was thrown out, or whose session ended, is out at once.
 */
export function createPersonFinder(
  database: Pick<Database, 'call' | 'beginReadAs'>,
  cipher: Pick<FieldCipher, 'decrypt'>,
  { verify }: AccessTokens,
): Pick<Authenticator, 'authenticate' | 'openReading'> {
  const toViewer = (
    { sessionId, expiresAt }: Awaited<ReturnType<AccessTokens['verify']>>,
    member: SessionMember | undefined,
  ): Viewer => {
    if (!member) throw new DomainError('UNAUTHENTICATED', 'This access has ended.');
    const { organization_id: organizationId, email_ciphertext: emailCiphertext } = member;
    addLogContext({ organizationId, userId: member.user_id });
    return {
      organizationId,
      userId: member.user_id,
      role: member.role,
      clientIds: member.client_ids,
      // Few ask for it.
      get email() {
        return cipher.decrypt(emailCiphertext);
      },
      session: { id: sessionId, tokenEndsAt: expiresAt, mustEnrol: member.must_enrol },
    };
  };

  return {
    async authenticate(token) {
      const claims = await verify(token);
      const [member] = await database.call<SessionMember>('find_session_member', claims.sessionId);
      return toViewer(claims, member);
    },

    openReading(token) {
      const { beginReadAs } = database;
      if (!beginReadAs) return null;
      return verify(token).then(async (claims) => {
        const found = Promise.withResolvers<Viewer>();
        const { opened, ...reading } = await beginReadAs(claims, (member) => {
          const viewer = toViewer(claims, member);
          found.resolve(viewer);
          // Who may not read is known nevertheless.
          requireScope(viewer, 'READ');
        });
        opened.catch(found.reject);
        return { reading, viewer: found.promise };
      });
    },
  };
}
