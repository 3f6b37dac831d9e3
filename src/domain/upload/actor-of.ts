import type { Actor } from '../audit-log/record-change.ts';
import type { Upload } from './upload.entity.ts';

/** For whom an upload is done what they asked for when they announced it. @param requestId what does it. */
export function actorOf(
  { organizationId, userId, serviceTokenId }: UploaderIds,
  requestId: string,
  origin: Partial<Actor['origin']> = {},
): Actor {
  return {
    ...{ organizationId, clientIds: null, userId, email: null, role: 'ADMIN' },
    ...(serviceTokenId && {
      serviceToken: {
        ...{ id: serviceTokenId, name: '', scopes: ['INGEST'] },
        ...{ allowsQueryString: false, expiresAt: new Date() },
      },
    }),
    origin: { ip: null, userAgent: null, ...origin, requestId },
  };
}

type UploaderIds = Pick<Upload, 'organizationId' | 'serviceTokenId'> & { userId: string | null };
