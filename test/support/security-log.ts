import type { SecurityLog } from '../../src/domain/audit-log/security-log.ts';
import type { Database } from '../../src/infra/database.ts';
import { createLaterWork } from '../../src/infra/later-work.ts';
import { createLogger } from '../../src/infra/logger.ts';
import { createSecurityLog } from '../../src/infra/security/security-log.ts';
import { mailOwners } from '../../src/jobs/mail-owners.ts';
import type { Agency } from './agency.ts';

const unlimited = {
  consume: async () => undefined,
  giveBack: async () => undefined,
  takeAhead: async () => ({ goodForMs: 0 }),
};

/** Notes nothing, where a test is about something else and counts statements. */
export const unwatched: SecurityLog = {
  note: async () => undefined,
  noteOften: () => undefined,
  noteOfAccount: () => undefined,
  noteDownload: () => undefined,
};

type Options = Parameters<typeof createSecurityLog>[0];

/** The security log as a server has it, with what it counted. */
export function openSecurityLog(
  { cipher }: Pick<Agency, 'cipher'>,
  database: Database,
  options: Partial<Pick<Options, 'rateLimiter' | 'unusualDownloads'>> = {},
) {
  const later = createLaterWork(createLogger('test', 'error'));
  const counted = new Map<string, number>();
  const send = async () => undefined;
  const security = createSecurityLog({
    ...{ rateLimiter: unlimited, unusualDownloads: [300, 2000] as const },
    ...options,
    ...{ database, doLater: later.do },
    count: (event) => counted.set(event, (counted.get(event) ?? 0) + 1),
    alertOwners: (alert) => mailOwners({ database, cipher, send }, alert),
  });
  return { ...security, counted, settled: later.done };
}
