import { z } from 'zod';
import { auditSettings } from './audit-settings.ts';
import { parseRedisUrl } from './infra/broker/redis-url.ts';

const port = (fallback: number, description: string) =>
  z.coerce.number().int().min(0).max(65_535).default(fallback).describe(description);
const milliseconds = (fallback: number, description: string) =>
  z.coerce.number().int().min(10).max(86_400_000).default(fallback).describe(description);
const count = (fallback: number, maximum: number, description: string) =>
  z.coerce.number().int().min(1).max(maximum).default(fallback).describe(description);
/** Two counts separated by a comma. */
const counts = (fallback: string, description: string) =>
  z
    .string()
    .regex(/^[1-9]\d{0,8},[1-9]\d{0,8}$/, 'must be two counts separated by a comma')
    .default(fallback)
    .transform((text) => text.split(',').map(Number) as [number, number])
    .describe(description);
/** Months of facts and of sums, days of restored months, of logs and of files, as `retentionPolicy` takes them. */
const retention = z
  .string()
  .regex(/^\d{1,4},\d{1,4},\d{1,4},\d{1,5},\d{1,5}$/, 'must be five counts separated by commas')
  .default('13,37,30,90,90')
  .transform((text) => text.split(',').map(Number) as [number, number, number, number, number])
  .refine(
    ([facts, sums, restored, logs, files]) =>
      facts >= 4 && sums >= facts && restored >= 1 && logs >= 7 && files >= 14,
    'must be 4 months or more, as many or more, a day or more, 7 days or more, and 14 days or more',
  );
const secret = (description: string) => z.string().min(32).optional().describe(description);

/** `id:key` pairs, the first of which encrypts; keys are 32 bytes in base64. */
const encryptionKeys = z
  .string()
  .refine(
    (text) =>
      text.split(',').every((pair) => {
        const [id, key] = pair.split(':');
        return id !== undefined && /^[\w-]{1,16}$/.test(id) && decodedLength(key) === 32;
      }),
    'must be id:key pairs separated by commas, each key 32 bytes in base64',
  )
  .refine(hasDistinctIds, 'must not give two keys the same id')
  .optional();

/** `id:secret` pairs, the first of which signs. */
const signingKeys = z
  .string()
  .refine(
    (text) => text.split(',').every((pair) => /^[\w-]{1,16}:[^:]{32,}$/.test(pair)),
    'must be id:secret pairs separated by commas, each secret of at least 32 characters',
  )
  .refine(hasDistinctIds, 'must not give two keys the same id')
  .optional();

function hasDistinctIds(pairs: string): boolean {
  const ids = pairs.split(',').map((pair) => pair.split(':')[0]);
  return new Set(ids).size === ids.length;
}

function problemOfRedisUrl(url: string): string | undefined {
  try {
    parseRedisUrl(url);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

/** Every setting, as named in the environment. The tables of the docs and `.env.example` come from here. */
export const configSchema = z.object({
  NODE_ENV: z
    .enum(['development', 'test', 'production'])
    .default('development')
    .describe('`production` requires every service and secret to be configured'),
  HOST: z.string().default('127.0.0.1').describe('Address the API listens on'),
  PORT: port(4000, 'Port of the API; 0 takes any free one'),
  INTERNAL_PORT: z.coerce
    .number()
    .int()
    .min(0)
    .max(65_535)
    .optional()
    .describe('Port of probes and metrics; 0 takes any free one; unset = not served'),
  INTERNAL_HOST: z.string().default('127.0.0.1').describe('Address of probes and metrics'),
  TRUSTED_PROXIES: z.coerce
    .number()
    .int()
    .min(0)
    .max(10)
    .default(0)
    .describe('Proxies before the server: whom a request is from is read behind that many'),
  CORS_ORIGINS: z
    .string()
    .default('')
    .transform((text) => text.split(',').flatMap((origin) => origin.trim() || []))
    .describe('Origins of browsers that may call the API, separated by commas'),
  RATE_SIGNED_OUT: counts(
    '60,10',
    'Requests a minute, and at once, of one address that is not signed in',
  ),
  RATE_SIGNED_IN: counts(
    '2000000,10000000',
    'Points a minute of one user or service token, and of one organization (docs/security.md)',
  ),
  SOCKETS_PER_USER: count(
    100,
    100_000,
    'WebSockets that one user or service token may have open on a server',
  ),
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/ })
    .optional()
    .describe("PostgreSQL as this process's role; unset = embedded PostgreSQL"),
  DATABASE_OWNER_URL: z
    .url({ protocol: /^postgres(ql)?$/ })
    .optional()
    .describe('PostgreSQL as the owner, for migrations and operator commands'),
  DATABASE_REPLICA_URL: z
    .url({ protocol: /^postgres(ql)?$/ })
    .optional()
    .describe("A read replica, as the server's role, that answers queries"),
  DATABASE_POOL_SIZE: count(10, 200, 'Connections per process to PostgreSQL'),
  REDIS_URL: z
    .string()
    .superRefine((url, { addIssue }) => {
      const problem = problemOfRedisUrl(url);
      if (problem) addIssue(problem);
    })
    .optional()
    .describe('Redis for queue, notices and rate limits; unset = PostgreSQL'),
  S3_BUCKET: z.string().optional().describe('Bucket of archived files; unset = embedded S3 server'),
  S3_ENDPOINT: z.url().optional().describe('Address of an S3 server other than AWS'),
  S3_REGION: z.string().default('us-east-1').describe('Region of the buckets'),
  S3_ACCESS_KEY_ID: z.string().optional().describe("Unset = the AWS SDK's own credential chain"),
  S3_SECRET_ACCESS_KEY: z.string().optional().describe('Secret of the access key'),
  JWT_SECRET: secret('Signs access tokens; at least 32 characters'),
  JWT_KEYS: signingKeys.describe(
    '`id:secret,...` sign access tokens instead: first signs, all (and `JWT_SECRET`) verify',
  ),
  ACCESS_TOKEN_MINUTES: count(15, 1440, 'Life of an access token'),
  SESSION_DAYS: count(
    30,
    365,
    'Life of a session; one that is not refreshed for 7 days ends before',
  ),
  AUDIT_LOG_MONTHS: z.coerce
    .number()
    .int()
    .min(24)
    .max(1200)
    .default(24)
    .describe('Months that the audit log keeps before they are archived; 24 at least'),
  RETENTION: retention.describe(
    'Months of daily metrics and of monthly roll-ups, days of restored months, of logs and of fetched files that are kept (docs/retention.md)',
  ),
  UNUSUAL_DOWNLOADS: counts(
    '300,2000',
    'Downloads, and megabytes, of one user or service token an hour that owners are told of',
  ),
  GOOGLE_CLIENT_ID: z
    .string()
    .optional()
    .describe('Our id with Google, whose accounts sign in then; unset = with passwords alone'),
  GOOGLE_CLIENT_SECRET: z.string().optional().describe('Secret of that id'),
  GOOGLE_ISSUER: z
    .url({ protocol: /^https?$/ })
    .default('https://accounts.google.com')
    .describe('The OpenID provider'),
  APP_URL: z
    .url({ protocol: /^https?$/ })
    .default('http://127.0.0.1:3000')
    .describe('The web application, which links in mails and browsers from the provider lead to'),
  ENCRYPTION_KEYS: encryptionKeys.describe('`id:key,...`, base64 keys of 32 bytes; first encrypts'),
  BLIND_INDEX_KEY: secret('Keys the look-up of encrypted fields; at least 32 characters'),
  SMTP_URL: z
    .url({ protocol: /^smtps?$/ })
    .optional()
    .describe(
      'Mail server, `smtp://USER:PASSWORD@HOST:587` (with `?tls=optional`, also in the clear); unset = files in `.data/mail`',
    ),
  MAIL_FROM: z
    .string()
    .regex(/^([^<>\p{Cc}]+ <[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/u, 'must be `Name <email>`')
    .default('Mediagraph <mediagraph@localhost>')
    .describe('Whom mails are from'),
  PLATFORM_DOWNLOAD_HOSTS: z
    .string()
    .default('')
    .transform((text) => text.split(',').flatMap((host) => host.trim() || []))
    .describe(
      "Hosts, beside a platform's own, that its reports are fetched from, such as a bucket's",
    ),
  PLATFORM_STAND_INS: z
    .string()
    .regex(
      /^([A-Z0-9_]+=https?:\/\/[^,\s]+)(,[A-Z0-9_]+=https?:\/\/[^,\s]+)*$/,
      'must be SOURCE=URL pairs',
    )
    .optional()
    .describe(
      '`VIBE=http://127.0.0.1:4010`: who is called instead of a platform; not in production',
    ),
  ...auditSettings,
  WEBHOOK_STAND_IN: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('`http://127.0.0.1:4020`: webhooks may go there, too; not in production'),
  DATA_DIR: z.string().default('.data').describe('Folder of the embedded services'),
  EMBEDDED_POSTGRES_PORT: port(0, 'Port of the embedded PostgreSQL; 0 takes any free one'),
  EMBEDDED_S3_PORT: port(0, 'Port of the embedded S3 server; 0 takes any free one'),
  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'])
    .default('info')
    .describe('Least severe level that is logged'),
  OTEL_EXPORTER_OTLP_ENDPOINT: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('OpenTelemetry collector that traces go to (OTLP over HTTP); unset = no traces'),
  OTEL_EXPORTER_OTLP_HEADERS: z
    .string()
    .optional()
    .describe('Headers that the collector wants, as `name=value,...`'),
  OTEL_TRACES_SAMPLER_ARG: z.coerce
    .number()
    .min(0)
    .max(1)
    .default(1)
    .describe('Share of the traces that are kept, from 0 to 1'),
  JOB_BOARD_PASSWORD: z
    .string()
    .min(16)
    .optional()
    .describe('Opens the job board at `/ops/jobs` to the user `operator`; at least 16 characters'),
  JOB_BOARD_WRITABLE: z
    .enum(['true', 'false'])
    .default('false')
    .transform((text) => text === 'true')
    .describe('`true` lets the board retry, promote and remove deliveries'),
  EMERGENCY_MODE: z
    .enum(['true', 'false'])
    .default('false')
    .transform((text) => text === 'true')
    .describe(
      '`true` begins an emergency at the start; `emergency off` ends it (docs/operations.md)',
    ),
  WORKER_CONCURRENCY: count(4, 100, 'Jobs that one worker runs at once, per queue'),
  JOB_LEASE_MS: milliseconds(30_000, 'A job whose worker is silent this long is given to another'),
  JOB_HEARTBEAT_MS: milliseconds(5_000, 'How often a worker renews the lease of its jobs'),
  JOB_SWEEP_MS: milliseconds(5_000, 'How often a worker sends what is due or was not delivered'),
  PROGRESS_REREAD_MS: milliseconds(15_000, 'How often a subscription re-reads without a notice'),
  SHUTDOWN_GRACE_MS: z.coerce
    .number()
    .int()
    .min(0)
    .max(60_000)
    .optional()
    .describe('How long a stopping server is unready but answers; unset = 0, in production 5000'),
  SHUTDOWN_MS: milliseconds(10_000, 'How long a stopping process waits for its work to end'),
});

/** Settings of one process, checked. */
export type Config = z.infer<typeof configSchema>;

function decodedLength(base64: string | undefined): number {
  return Buffer.from(base64 ?? '', 'base64').length;
}
