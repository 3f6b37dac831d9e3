import type { EntityManager } from '@mikro-orm/postgresql';
import { AuditLogEntry } from './audit-log-entry.entity.ts';
import type { SecurityEvent } from './security-log.ts';

/** Leave an event in the audit log of its organization, whose transaction it is. */
export async function recordEvent(
  em: EntityManager,
  { event, origin, aboutUserId: _, ...rest }: SecurityEvent & { organizationId: string },
): Promise<void> {
  em.persist(
    em.create(AuditLogEntry, {
      ...rest,
      action: event,
      before: null,
      ip: origin.ip,
      userAgent: origin.userAgent,
      requestId: origin.requestId,
    }),
  );
  await em.flush();
}
