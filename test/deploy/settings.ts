import { loadConfig } from '../../src/config.ts';
import { configSchema } from '../../src/config-schema.ts';
import { imageSettings } from './image.ts';

/** Values of the right form for what only an installation knows. */
const samples: Record<string, string> = {
  DATABASE_URL: 'postgresql://role:password@postgres/mediagraph',
  DATABASE_OWNER_URL: 'postgresql://role:password@postgres/mediagraph',
  REDIS_URL: 'redis://:password@redis:6379',
  S3_ACCESS_KEY_ID: 'mediagraph',
  S3_SECRET_ACCESS_KEY: 'password',
  JWT_SECRET: 'x'.repeat(32),
  ENCRYPTION_KEYS: `k1:${Buffer.alloc(32).toString('base64')}`,
  BLIND_INDEX_KEY: 'x'.repeat(32),
  SMTP_URL: 'smtp://user:password@smtp.example.com:587',
};

/**
 * Check what a container of the image is given, as its process would.
 *
 * @param given settings by name; secrets by name only.
 * @returns the names that are no settings.
 * @throws {ConfigError} when the process would refuse to start with them.
 */
export function checkSettings(given: Record<string, string>): string[] {
  const environment = { ...imageSettings, ...given };
  const secrets = Object.keys(environment).filter((name) => name in samples);
  loadConfig({ ...environment, ...Object.fromEntries(secrets.map((n) => [n, samples[n]])) });
  return Object.keys(environment).filter((name) => !(name in configSchema.shape));
}
