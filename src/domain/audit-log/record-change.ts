import type { EntityManager } from '@mikro-orm/postgresql';
import type { Viewer } from '../identity/viewer.ts';
import { AuditLogEntry } from './audit-log-entry.entity.ts';

/** Where a request came from. */
export interface Origin {
  requestId: string;
  ip: string | null;
  userAgent: string | null;
}

/** A viewer together with where their request came from: who does what is done. */
export interface Actor extends Viewer {
  origin: Origin;
}

/** What was changed: `before` and `after` hold the fields that matter, null where there was or is nothing. */
export interface Change {
  action: string;
  entityType: string;
  entityId: string;
  before: object | null;
  after: object | null;
}

/** Leave a row in the audit log, in the transaction of the change itself. */
export function recordChange(em: EntityManager, actor: Actor, change: Change): void {
  em.persist(
    em.create(AuditLogEntry, {
      ...change,
      organizationId: actor.organizationId,
      userId: actor.userId,
      serviceTokenId: actor.serviceToken?.id ?? null,
      ip: actor.origin.ip,
      userAgent: actor.origin.userAgent,
      requestId: actor.origin.requestId,
    }),
  );
}
