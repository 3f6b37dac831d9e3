import type { EntityManager } from '@mikro-orm/postgresql';
import type { OwnerAlert } from '../../domain/audit-log/alert-owners.ts';
import { recordEvent } from '../../domain/audit-log/record-event.ts';
import type {
  AccountEvent,
  SecurityEvent,
  SecurityEventName,
  SecurityLog,
} from '../../domain/audit-log/security-log.ts';
import { ofViewer } from '../../domain/audit-log/security-log.ts';
import { callerAt } from '../../domain/identity/meter.ts';
import type { SecurityAlert } from '../../domain/mail/letter.ts';
import type { Database } from '../database.ts';
import { createRepetitions } from './repetitions.ts';
import { createVolumeWatch, type VolumeWatchOptions } from './volume-watch.ts';

export interface SecurityLogOptions extends VolumeWatchOptions {
  database: Pick<Database, 'withTenant' | 'call'>;
  /** Counts an event as a metric. */
  count(event: SecurityEventName): void;
  /** Mails the owners. */
  alertOwners(alert: OwnerAlert): Promise<void>;
  /** Does what nobody waits for; a failure is logged. */
  doLater(work: () => Promise<void>): void;
}

const minute = 60_000;
const hour = 60 * minute;

/** How long the same counts as repeated. A token is used at every request: an entry an hour and address tells as much. */
const whiles: Partial<Record<SecurityEventName, number>> = {
  SERVICE_TOKEN_USED: hour,
  SIGN_IN_FAILED_REPEATEDLY: hour,
  DOWNLOADS_UNUSUAL: hour,
  LOCKED_OUT: 15 * minute,
};

/** Failures within an hour that are still somebody's own forgetfulness. */
const fewFailures = 5;

/** Writes security events to the audit log, counts them, and mails owners. Closing writes what was only counted. */
export function createSecurityLog(options: SecurityLogOptions): SecurityLog & { close(): void } {
  const { database, count, alertOwners, doLater } = options;
  const repetitions = createRepetitions();
  const measure = createVolumeWatch(options);

  /** Apart from the entry, which must not be lost with a mail that cannot be written. */
  const alert = (event: SecurityEvent, organizationId: string) => {
    const subjectId = event.aboutUserId ?? event.userId ?? event.serviceTokenId;
    const { event: what, origin } = event;
    if (!isAlert(what) || !subjectId) return;
    doLater(() => alertOwners({ event: what, organizationId, subjectId, ip: origin.ip }));
  };
  const write = async (event: SecurityEvent, em?: EntityManager): Promise<void> => {
    const { organizationId } = event;
    if (!organizationId) return writeOfNobody(event);
    const entry = { ...event, organizationId };
    if (em) await recordEvent(em, entry);
    else {
      const tenant = { organizationId, clientIds: null };
      await database.withTenant(tenant, (own) => recordEvent(own, entry));
    }
    alert(event, organizationId);
  };
  const writeOfNobody = async ({ event, entityType, after, origin }: SecurityEvent) => {
    const { ip, userAgent, requestId } = origin;
    const told = [event, entityType, JSON.stringify(after), ip, userAgent, requestId];
    await database.call('record_deployment_event', ...told);
  };
  const writeOfAccount = async ({ event, emailIndex, userId, after, origin }: AccountEvent) => {
    const { ip, userAgent, requestId } = origin;
    const places = await database.call<Place>(
      'record_account_event',
      ...[event, emailIndex, userId, JSON.stringify(after), ip, userAgent, requestId],
    );
    if (event !== 'SIGN_IN_FAILED') return;
    for (const { organization_id: organizationId, user_id: entityId, times } of places) {
      if (Number(times) <= fewFailures) continue;
      noteOften({
        ...{ event: 'SIGN_IN_FAILED_REPEATEDLY', organizationId, userId: null, origin },
        ...{ serviceTokenId: null, entityType: 'User', entityId, aboutUserId: entityId, after: {} },
      });
    }
  };

  const noteOften: SecurityLog['noteOften'] = (event) => {
    count(event.event);
    const { organizationId, userId, serviceTokenId, entityType, entityId, origin } = event;
    const { bytes, ...asked } = event.after as { bytes?: number };
    const who = userId ?? serviceTokenId ?? origin.ip;
    const caller = [event.event, organizationId, who].join(' ');
    const from = event.event === 'SERVICE_TOKEN_USED' ? origin.ip : '';
    const key = JSON.stringify([caller, entityType, entityId, from, asked]);
    const whileMs = whiles[event.event] ?? minute;
    const group = `${event.event} ${organizationId}`;
    repetitions.note(event, { caller, group, key, whileMs }, (each) => doLater(() => write(each)));
  };

  return {
    async note(event, em) {
      count(event.event);
      await write(event, em);
    },

    noteOften,

    noteOfAccount(event) {
      count(event.event);
      const write = (each: AccountEvent) => doLater(() => writeOfAccount(each));
      if (event.event === 'SIGN_IN_FAILED') return write(event);
      // What is refused by its number alone costs nothing, and so may come in any number.
      const caller = `${event.event} ${callerAt(event.origin.ip)}`;
      const key = `${caller} ${event.emailIndex ?? event.userId}`;
      const sameness = { caller, group: event.event, key, whileMs: whiles.LOCKED_OUT ?? minute };
      repetitions.note(event, sameness, write);
    },

    noteDownload(viewer, origin, { entityType, entityId, asked, bytes }) {
      const event = { ...ofViewer(viewer), entityType, entityId, origin };
      noteOften({ ...event, event: 'DOWNLOAD', after: { ...asked, bytes } });
      const who = viewer.serviceToken?.id ?? String(viewer.userId);
      doLater(async () => {
        if (!(await measure(who, bytes))) return;
        noteOften({ ...event, entityId: null, event: 'DOWNLOADS_UNUSUAL', after: {} });
      });
    },

    close: repetitions.flush,
  };
}

interface Place {
  organization_id: string;
  user_id: string;
  times: string;
}

const alerts: Record<SecurityAlert, true> = {
  SIGN_IN_FAILED_REPEATEDLY: true,
  REFRESH_REUSED: true,
  DOWNLOADS_UNUSUAL: true,
};

function isAlert(event: SecurityEventName): event is SecurityAlert {
  return event in alerts;
}
