import { ConfigError, loadConfig } from './config.ts';

const key = Buffer.alloc(32, 7).toString('base64');
const production = {
  NODE_ENV: 'production',
  DATABASE_URL: 'postgres://app:secret@db/media',
  S3_BUCKET: 'archive',
  JWT_SECRET: 'j'.repeat(32),
  ENCRYPTION_KEYS: `k1:${key}`,
  BLIND_INDEX_KEY: 'b'.repeat(32),
  SMTP_URL: 'smtps://user:p%40ss@smtp.example',
  MAIL_FROM: 'Mediagraph <no-reply@media.example>',
  APP_URL: 'https://app.media.example',
};

/** Names of the settings that are found wrong, in the order they are listed. */
function problemsOf(environment: Record<string, string | undefined>): string[] {
  try {
    loadConfig(environment);
    return [];
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    const [title, ...problems] = (error as Error).message.split('\n');
    expect(title).toBe('The configuration is not usable:');
    return problems.map((line) => line.replace(/^ {2}- (.*?): .*$/, '$1'));
  }
}

test('nothing needs to be configured on one machine', () => {
  expect(loadConfig({})).toEqual({
    NODE_ENV: 'development',
    HOST: '127.0.0.1',
    PORT: 4000,
    INTERNAL_HOST: '127.0.0.1',
    TRUSTED_PROXIES: 0,
    CORS_ORIGINS: [],
    RATE_SIGNED_OUT: [60, 10],
    RATE_SIGNED_IN: [2_000_000, 10_000_000],
    SOCKETS_PER_USER: 100,
    DATABASE_POOL_SIZE: 10,
    S3_REGION: 'us-east-1',
    ACCESS_TOKEN_MINUTES: 15,
    SESSION_DAYS: 30,
    AUDIT_LOG_MONTHS: 24,
    RETENTION: [13, 37, 30, 90, 90],
    UNUSUAL_DOWNLOADS: [300, 2000],
    GOOGLE_ISSUER: 'https://accounts.google.com',
    MAIL_FROM: 'Mediagraph <mediagraph@localhost>',
    APP_URL: 'http://127.0.0.1:3000',
    PLATFORM_DOWNLOAD_HOSTS: [],
    AUDIT_BATCH_SIZE: 10,
    AUDIT_BATCH_STRATEGY: 'FIXED_SIZE',
    AUDIT_INTER_BATCH_DELAY: 2,
    AUDIT_MAX_QUESTIONS: 200,
    AUDIT_MIN_QUESTIONS_PER_CATEGORY: 5,
    AUDIT_MAX_QUESTIONS_PER_CATEGORY: 50,
    AUDIT_MAX_CONCURRENT_PLATFORMS: 4,
    AUDIT_BRAND_CONFIDENCE_THRESHOLD: 0.7,
    AUDIT_MAX_BRAND_CONTEXTS: 3,
    AUDIT_MAX_RETRY_ATTEMPTS: 3,
    AUDIT_ORPHAN_HOURS: 24,
    AUDIT_RATE_LIMIT_PER_CLIENT: 100,
    AUDIT_MAX_CONCURRENT_RUNS_PER_CLIENT: 5,
    AUDIT_OPENAI_RPM: 500,
    AUDIT_ANTHROPIC_RPM: 1000,
    AUDIT_PERPLEXITY_RPM: 200,
    AUDIT_GOOGLE_AI_RPM: 600,
    AUDIT_PLATFORM_BURST: 10,
    AUDIT_PLATFORM_TIMEOUT_SECONDS: 30,
    AUDIT_MAX_ANSWER_BYTES: 2_000_000,
    AUDIT_PLATFORM_RETRY_ATTEMPTS: 3,
    AUDIT_RETRY_BACKOFF_MULTIPLIER: 2,
    AUDIT_CIRCUIT_BREAKER_TIMEOUT_SECONDS: 60,
    AUDIT_RETRY_STRATEGY: 'EXPONENTIAL_BACKOFF',
    AUDIT_WORKER_CONCURRENCY: 400,
    AUDIT_DATA_RETENTION_DAYS: 90,
    AUDIT_REPORT_RETENTION_DAYS: 180,
    AUDIT_MAX_REPORT_SIZE_MB: 50,
    AUDIT_HEALTH_CHECK_INTERVAL: 30,
    AUDIT_METRICS_ENABLED: true,
    DATA_DIR: '.data',
    EMBEDDED_POSTGRES_PORT: 0,
    EMBEDDED_S3_PORT: 0,
    LOG_LEVEL: 'info',
    OTEL_TRACES_SAMPLER_ARG: 1,
    JOB_BOARD_WRITABLE: false,
    EMERGENCY_MODE: false,
    WORKER_CONCURRENCY: 4,
    JOB_LEASE_MS: 30_000,
    JOB_HEARTBEAT_MS: 5_000,
    JOB_SWEEP_MS: 5_000,
    PROGRESS_REREAD_MS: 15_000,
    SHUTDOWN_MS: 10_000,
  });
});

test('an empty setting is one that is not set', () => {
  expect(loadConfig({ PORT: '', DATABASE_URL: '', LOG_LEVEL: '', CORS_ORIGINS: '' })).toEqual(
    loadConfig({}),
  );
});

test('texts become numbers and lists, and other variables are passed over', () => {
  const config = loadConfig({
    PORT: '0',
    JOB_LEASE_MS: '2000',
    JOB_HEARTBEAT_MS: '1000',
    CORS_ORIGINS: 'https://a.example,https://b.example',
    HOME: '/root',
  });
  expect(config).toMatchObject({ PORT: 0, JOB_LEASE_MS: 2000, JOB_HEARTBEAT_MS: 1000 });
  expect(config.CORS_ORIGINS).toEqual(['https://a.example', 'https://b.example']);
  expect(config).not.toHaveProperty('HOME');
});

test.each([
  ['NODE_ENV', 'staging'],
  ['PORT', '65536'],
  ['PORT', '-1'],
  ['PORT', '80.5'],
  ['PORT', 'http'],
  ['DATABASE_URL', 'mysql://db/media'],
  ['DATABASE_URL', 'db/media'],
  ['DATABASE_POOL_SIZE', '0'],
  ['DATABASE_POOL_SIZE', '201'],
  ['RATE_SIGNED_OUT', '60'],
  ['RATE_SIGNED_OUT', '60,0'],
  ['RATE_SIGNED_IN', '1000,1000000000'],
  ['ACCESS_TOKEN_MINUTES', '1441'],
  ['S3_ENDPOINT', 'minio'],
  ['JWT_SECRET', 'j'.repeat(31)],
  ['JWT_KEYS', 'j'.repeat(32)],
  ['JWT_KEYS', `k1:${'j'.repeat(31)}`],
  ['JWT_KEYS', `k1:${'j'.repeat(32)},k1:${'k'.repeat(32)}`],
  ['SESSION_DAYS', '0'],
  ['SMTP_URL', 'http://smtp.example'],
  ['MAIL_FROM', 'a@b.example\r\nBcc: c@d.example'],
  ['MAIL_FROM', 'Mediagraph'],
  ['BLIND_INDEX_KEY', 'b'.repeat(31)],
  ['ENCRYPTION_KEYS', key],
  ['ENCRYPTION_KEYS', `k1:${Buffer.alloc(31).toString('base64')}`],
  ['ENCRYPTION_KEYS', `k1:${key},`],
  ['ENCRYPTION_KEYS', `k 1:${key}`],
  ['ENCRYPTION_KEYS', `${'k'.repeat(17)}:${key}`],
  ['AUDIT_OPENAI_RPM', '0'],
  ['AUDIT_RETRY_BACKOFF_MULTIPLIER', '0.5'],
  ['LOG_LEVEL', 'loud'],
  ['OTEL_EXPORTER_OTLP_ENDPOINT', 'collector:4318'],
  ['OTEL_TRACES_SAMPLER_ARG', '1.5'],
  ['JOB_BOARD_PASSWORD', 'p'.repeat(15)],
  ['JOB_BOARD_WRITABLE', 'yes'],
  ['WORKER_CONCURRENCY', '101'],
  ['JOB_LEASE_MS', '86400001'],
  ['SHUTDOWN_MS', '9'],
])('%s may not be %s', (name, value) => {
  expect(problemsOf({ [name]: value })).toEqual([name]);
});

test.each([
  ['NODE_ENV', ['development', 'test']],
  ['PORT', ['0', '65535']],
  ['DATABASE_URL', ['postgres://db/media', 'postgresql://app:secret@db:5432/media']],
  ['WORKER_CONCURRENCY', ['1', '100']],
  ['SHUTDOWN_MS', ['10', '86400000']],
  ['LOG_LEVEL', ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']],
])('%s may be any of %j', (name, values) => {
  for (const value of values) expect(problemsOf({ [name]: value })).toEqual([]);
});

test('several keys, of which each has an id, can be given', () => {
  const keys = `new-key:${key},old_1:${Buffer.alloc(32).toString('base64')}`;
  expect(loadConfig({ ENCRYPTION_KEYS: keys }).ENCRYPTION_KEYS).toBe(keys);
});

test('every malformed setting is named at once', () => {
  const environment = { PORT: 'http', LOG_LEVEL: 'loud', JWT_SECRET: 'short', SHUTDOWN_MS: '1' };
  expect(problemsOf(environment)).toEqual(['PORT', 'JWT_SECRET', 'LOG_LEVEL', 'SHUTDOWN_MS']);
});

test('production needs its services and secrets, and says all that it lacks', () => {
  expect(problemsOf(production)).toEqual([]);
  expect(problemsOf({ NODE_ENV: 'production' })).toEqual([
    'DATABASE_URL',
    'S3_BUCKET',
    'JWT_SECRET',
    'ENCRYPTION_KEYS',
    'BLIND_INDEX_KEY',
    'SMTP_URL',
    'MAIL_FROM',
    'APP_URL',
  ]);
  expect(problemsOf({ ...production, S3_BUCKET: '' })).toEqual(['S3_BUCKET']);
  // A ring of keys stands in for the one.
  const ring = { JWT_SECRET: '', JWT_KEYS: `k2:${'j'.repeat(32)},k1:${'k'.repeat(32)}` };
  expect(problemsOf({ ...production, ...ring })).toEqual([]);
});

test('a malformed setting does not hide one that is missing', () => {
  const environment = { ...production, PORT: 'http', JWT_SECRET: undefined };
  expect(problemsOf(environment).toSorted()).toEqual(['JWT_SECRET', 'PORT']);
});

test('nothing stands in for a platform in production', () => {
  const standIn = { PLATFORM_STAND_INS: 'VIBE=http://127.0.0.1:4010' };
  expect(problemsOf(standIn)).toEqual([]);
  expect(problemsOf({ ...production, ...standIn })).toEqual(['PLATFORM_STAND_INS']);
  expect(problemsOf({ PLATFORM_STAND_INS: 'http://127.0.0.1' })).toEqual(['PLATFORM_STAND_INS']);
});

test('webhooks reach this machine outside production alone', () => {
  const standIn = { WEBHOOK_STAND_IN: 'http://127.0.0.1:4020' };
  expect(problemsOf(standIn)).toEqual([]);
  expect(problemsOf({ ...production, ...standIn })).toEqual(['WEBHOOK_STAND_IN']);
});

test('links in mails are secret, and lead nowhere in the clear in production', () => {
  expect(problemsOf({ ...production, APP_URL: 'http://app.media.example' })).toEqual(['APP_URL']);
  expect(problemsOf({ APP_URL: 'http://app.media.example' })).toEqual([]);
});

test('half of an S3 credential is refused', () => {
  const both = 'S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY';
  expect(problemsOf({ S3_ACCESS_KEY_ID: 'id' })).toEqual([both]);
  expect(problemsOf({ S3_SECRET_ACCESS_KEY: 'secret' })).toEqual([both]);
  expect(problemsOf({ S3_ACCESS_KEY_ID: 'id', S3_SECRET_ACCESS_KEY: 'secret' })).toEqual([]);
});

test('half of a client of Google is refused, and in production a provider in the clear', () => {
  const both = 'GOOGLE_CLIENT_ID, GOOGLE_CLIENT_SECRET';
  expect(problemsOf({ GOOGLE_CLIENT_ID: 'id' })).toEqual([both]);
  expect(problemsOf({ GOOGLE_CLIENT_SECRET: 'secret' })).toEqual([both]);
  const here = { GOOGLE_ISSUER: 'http://127.0.0.1:9000' };
  expect(problemsOf(here)).toEqual([]);
  expect(problemsOf({ ...production, ...here })).toEqual(['GOOGLE_ISSUER']);
});

test('a lease must outlast two heartbeats', () => {
  expect(problemsOf({ JOB_LEASE_MS: '1000', JOB_HEARTBEAT_MS: '501' })).toEqual([
    'JOB_HEARTBEAT_MS',
  ]);
  expect(problemsOf({ JOB_LEASE_MS: '1000', JOB_HEARTBEAT_MS: '500' })).toEqual([]);
});
