import { existsSync } from 'node:fs';
import { type Config, configSchema } from './config-schema.ts';

/** Settings that only the embedded services, or nobody but developers, can do without. */
const requiredInProduction = [
  'DATABASE_URL',
  'S3_BUCKET',
  'JWT_SECRET',
  'ENCRYPTION_KEYS',
  'BLIND_INDEX_KEY',
  'SMTP_URL',
  'MAIL_FROM',
  'APP_URL',
] as const satisfies (keyof Config)[];

/** The environment of this process, with what a file `.env` in the working folder adds to it. */
export function readEnvironment(): Record<string, string | undefined> {
  if (existsSync('.env')) process.loadEnvFile();
  return process.env;
}

/** The settings are unusable; the message names every problem. */
export class ConfigError extends Error {}

/**
 * Check the environment.
 *
 * @throws {ConfigError} naming every missing or malformed setting at once.
 */
export function loadConfig(environment: Record<string, string | undefined>): Config {
  const { settings, problems } = inspectEnvironment(environment);
  if (problems.length > 0) {
    throw new ConfigError(
      ['The configuration is not usable:', ...problems.map((p) => `  - ${p}`)].join('\n'),
    );
  }
  return settings as Config;
}

/** The settings that can be used, and everything that is wrong with the others or between them. */
export function inspectEnvironment(environment: Record<string, string | undefined>): {
  settings: Partial<Config>;
  problems: string[];
} {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const settings: Record<string, unknown> = {};
  const problems: string[] = [];
  for (const [name, field] of Object.entries(configSchema.shape)) {
    const { success, data, error } = field.safeParse(given[name]);
    if (success) settings[name] = data;
    else problems.push(...error.issues.map((issue) => `${name}: ${issue.message}`));
  }
  return { settings, problems: [...problems, ...contradictions(given)] };
}

/** What is wrong between settings, whether or not each of them is right by itself. */
function contradictions(settings: Record<string, string | undefined>): string[] {
  const problems: string[] = [];
  if (settings.NODE_ENV === 'production') {
    for (const name of requiredInProduction) {
      const isKnown = settings[name] || (name === 'JWT_SECRET' && settings.JWT_KEYS);
      if (!isKnown) problems.push(`${name}: required in production`);
    }
  }
  if (!settings.S3_ACCESS_KEY_ID !== !settings.S3_SECRET_ACCESS_KEY) {
    problems.push('S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY: set both or neither');
  }
  if (!settings.GOOGLE_CLIENT_ID !== !settings.GOOGLE_CLIENT_SECRET) {
    problems.push('GOOGLE_CLIENT_ID, GOOGLE_CLIENT_SECRET: set both or neither');
  }
  if (settings.NODE_ENV === 'production' && settings.GOOGLE_ISSUER?.startsWith('http:')) {
    problems.push('GOOGLE_ISSUER: must be https in production');
  }
  if (settings.NODE_ENV === 'production' && settings.APP_URL?.startsWith('http:')) {
    problems.push('APP_URL: must be https in production, since links in mails are secret');
  }
  if (settings.NODE_ENV === 'production' && settings.PLATFORM_STAND_INS) {
    problems.push('PLATFORM_STAND_INS: not in production, where platforms are called themselves');
  }
  if (settings.NODE_ENV === 'production' && settings.WEBHOOK_STAND_IN) {
    problems.push('WEBHOOK_STAND_IN: not in production, where webhooks leave this machine');
  }
  const { JOB_HEARTBEAT_MS, JOB_LEASE_MS } = configSchema.shape;
  const heartbeat = JOB_HEARTBEAT_MS.safeParse(settings.JOB_HEARTBEAT_MS).data ?? 0;
  const lease = JOB_LEASE_MS.safeParse(settings.JOB_LEASE_MS).data ?? Number.POSITIVE_INFINITY;
  if (heartbeat * 2 > lease)
    problems.push('JOB_HEARTBEAT_MS: must be at most half of JOB_LEASE_MS');
  return problems;
}
