import { Readable } from 'node:stream';
import type { Config } from '../../config-schema.ts';
import type { Connector } from '../../connectors/connector.ts';
import type { ApiCall, ReportDialect, ReportSource } from '../../connectors/report-source.ts';
import type { OpenCredential } from '../../domain/platform-credential/credential-platform.ts';
import {
  PlatformError,
  type ReportPlatform,
  type ReportPlatforms,
} from '../../domain/report/report-platform.ts';
import { createGuardedClient } from '../guarded-fetch/guarded-client.ts';
import { type Asked, callApi } from './call-api.ts';
import { openDownload } from './open-download.ts';
import { readBudget } from './read-budget.ts';
import { addressAt, placesAt, readStandIns } from './stand-ins.ts';

/** Which servers stand in for platforms, and where else reports are fetched from. */
export type PlatformConfig = Pick<Config, 'PLATFORM_STAND_INS' | 'PLATFORM_DOWNLOAD_HOSTS'>;

/** An answer of an API is small, and comes soon. */
const apiLimits = { mostBytes: 1_000_000, timeoutMs: 30_000 };
/** A report is neither. */
const downloadLimits = { mostBytes: 4_000_000_000, timeoutMs: 60 * 60_000 };

/** The platforms of those sources that make reports. They are called nowhere but where their policies let them be. */
export function connectPlatforms(
  connectors: ReadonlyMap<string, Connector>,
  config: PlatformConfig,
): { platforms: ReportPlatforms; close(): Promise<void> } {
  const closing: (() => Promise<void>)[] = [];
  const platforms = new Map<string, ReportPlatform>();
  const standIns = readStandIns(config.PLATFORM_STAND_INS);
  for (const { source, label, reports } of connectors.values()) {
    if (!reports) continue;
    const hosts = [...reports.downloadHosts, ...config.PLATFORM_DOWNLOAD_HOSTS];
    const { platform, close } = connectPlatform(label, reports, hosts, standIns.get(source));
    platforms.set(source, platform);
    closing.push(close);
  }
  const close = async () => {
    await Promise.all(closing.map((each) => each()));
  };
  return { platforms, close };
}

function connectPlatform(
  label: string,
  source: ReportSource,
  downloadHosts: string[],
  standIn: string | undefined,
): { platform: ReportPlatform; close(): Promise<void> } {
  const dialects = [...source.dialects.values()];
  const api = createGuardedClient({
    ...apiLimits,
    ...placesAt(
      standIn,
      dialects.map((dialect) => new URL(dialect.address).host),
    ),
  });
  const files = createGuardedClient({
    ...downloadLimits,
    ...placesAt(standIn, downloadHosts),
  });

  const call = async (
    { dialect: name, secret }: OpenCredential,
    callOf: (dialect: ReportDialect) => ApiCall,
    asked: Partial<Asked> = {},
  ) => {
    const dialect = source.dialects.get(name);
    if (!dialect) throw new PlatformError('REJECTED', `${label} has no API named ${name}`);
    const address = addressAt(standIn, dialect.address);
    const target = { label, address, headers: dialect.authorize(secret) };
    const answered = await callApi(api, { ...target, ...callOf(dialect), ...asked });
    return { dialect, ...answered };
  };
  const understand = <T>(read: () => T): T => {
    try {
      return read();
    } catch {
      // Not its words: nobody knows what is in them.
      throw new PlatformError('UNANSWERED', `${label} gave an answer that cannot be understood`);
    }
  };

  const platform: ReportPlatform = {
    label,
    dialects: [...source.dialects.keys()],
    isShared: false,
    mostDays: source.mostDays,
    mostPolls: source.mostPolls,
    async create(credential, report, signal) {
      const create = (dialect: ReportDialect) => dialect.create(report);
      const { dialect, answer, headers } = await call(credential, create, { signal });
      const externalId = understand(() => dialect.readCreated(answer));
      return { externalId, budget: readBudget(headers, new Date()) };
    },
    async look(credential, externalId, signal) {
      const look = (dialect: ReportDialect) => dialect.look(externalId);
      const { dialect, answer } = await call(credential, look, { signal });
      return understand(() => dialect.readState(answer));
    },
    async test(credential) {
      const mayFindNothing = source.dialects.get(credential.dialect)?.testFindsNothing ?? false;
      await call(credential, ({ test }) => test, { mayFindNothing });
    },
    download: async (url, signal) => Readable.from(await openDownload(files, label, url, signal)),
  };
  const close = async () => {
    await Promise.all([api.close(), files.close()]);
  };
  return { platform, close };
}
