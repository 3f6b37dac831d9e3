import type { Emergency } from '../domain/emergency/emergency.ts';
import type { Log } from '../jobs/log.ts';
import type { ProbeDatabase } from './probe-database.ts';

/** What this process knows of emergencies; what an emergency forbids is up to the database, at once. */
export interface EmergencyWatch {
  /** The one that lasts; null where there is none, undefined before it was found out. */
  present(): Emergency | null | undefined;
  stop(): void;
}

export interface EmergencyWatchOptions {
  probe: Pick<ProbeDatabase, 'call'>;
  /** Whether the configuration says that there is one. */
  isConfigured: boolean;
  log: Pick<Log, 'warn'>;
}

const everyMs = 2_000;

interface EmergencyRow {
  reason: string;
  started_at: Date;
  until: Date | null;
}

/**
 * Look every two seconds whether there is an emergency; one whose time is over ends by that. While the database does not
 * answer, what was known last is still true.
 *
 * @throws {Error} when the configured one cannot be begun: without it nobody is served.
 */
export async function watchEmergency({
  probe,
  isConfigured,
  log,
}: EmergencyWatchOptions): Promise<EmergencyWatch> {
  let known: Emergency | null | undefined;
  const look = async () => {
    const [row] = await probe.call<EmergencyRow>('watch_emergency');
    const found = row ? { reason: row.reason, startedAt: row.started_at, until: row.until } : null;
    if (found && !known) log.warn(found, 'an emergency lasts');
    if (!found && known) log.warn({}, 'the emergency is over');
    known = found;
  };
  const tryToLook = () =>
    look().catch((err) => log.warn({ err }, 'whether there is an emergency was not found out'));

  if (isConfigured) await probe.call('begin_configured_emergency');
  await tryToLook();
  let isLooking = false;
  const looking = setInterval(() => {
    if (isLooking) return;
    isLooking = true;
    void tryToLook().finally(() => {
      isLooking = false;
    });
  }, everyMs);
  return { present: () => known, stop: () => clearInterval(looking) };
}
