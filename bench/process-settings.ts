import type { EmbeddedServices } from '../src/infra/embedded/socket.ts';

/** Settings of a server or worker process on a benchmark's own services. */
export function processSettings(
  services: EmbeddedServices,
  role: 'server' | 'worker',
): Record<string, string> {
  const { s3, secrets } = services;
  return {
    ...secrets,
    DATABASE_URL: services[`${role}Url`],
    S3_BUCKET: 'mediagraph',
    S3_ENDPOINT: s3.endpoint,
    S3_ACCESS_KEY_ID: s3.accessKeyId,
    S3_SECRET_ACCESS_KEY: s3.secretAccessKey,
    PORT: '0',
    // Those who measure sign in once.
    ACCESS_TOKEN_MINUTES: '1440',
    LOG_LEVEL: 'error',
    // It is what a server can do that is measured.
    RATE_SIGNED_IN: '999999999,999999999',
  };
}
