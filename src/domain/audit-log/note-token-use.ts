import type { Viewer } from '../identity/viewer.ts';
import type { Origin } from './record-change.ts';
import { ofViewer, type SecurityLog } from './security-log.ts';

/** Note that a service token was used: an entry an hour and address, and how often. */
export function noteTokenUse(
  security: Pick<SecurityLog, 'noteOften'>,
  viewer: Viewer,
  origin: Origin,
): void {
  if (!viewer.serviceToken) return;
  const entity = { entityType: 'ServiceToken', entityId: viewer.serviceToken.id };
  const event = { ...ofViewer(viewer), ...entity, event: 'SERVICE_TOKEN_USED', origin } as const;
  security.noteOften({ ...event, after: {} });
}
