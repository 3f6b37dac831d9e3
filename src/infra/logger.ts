import { AsyncLocalStorage } from 'node:async_hooks';
import { trace } from '@opentelemetry/api';
import { type Logger, pino, stdSerializers, stdTimeFunctions } from 'pino';
import pretty from 'pino-pretty';

/** Identifiers that every line logged within one request or job carries. */
export interface LogContext {
  requestId?: string;
  jobRunId?: string;
  organizationId?: string;
  userId?: string;
  serviceTokenId?: string;
}

const contexts = new AsyncLocalStorage<LogContext>();

/** Run `fn` so that all it logs carries `context` too. */
export function withLogContext<T>(context: LogContext, fn: () => T): T {
  return contexts.run({ ...contexts.getStore(), ...context }, fn);
}

/** Add to the context of the request or job that is running. */
export function addLogContext(context: LogContext): void {
  Object.assign(contexts.getStore() ?? {}, context);
}

/** Places where a secret could appear: a logged request, a configuration, an input. */
const redacted = [
  'authorization',
  'password',
  'token',
  'secret',
  'email',
  'DATABASE_URL',
  'DATABASE_OWNER_URL',
  'DATABASE_REPLICA_URL',
  'REDIS_URL',
  'S3_SECRET_ACCESS_KEY',
  'refreshToken',
  'JWT_SECRET',
  'JWT_KEYS',
  'GOOGLE_CLIENT_SECRET',
  'ENCRYPTION_KEYS',
  'BLIND_INDEX_KEY',
  'OTEL_EXPORTER_OTLP_HEADERS',
  'JOB_BOARD_PASSWORD',
  'SMTP_URL',
].flatMap((name) => [name, `*.${name}`, `*.*.${name}`]);

/** The step of a trace that a line is logged in, named as OpenTelemetry does; nothing where nothing is traced. */
function tracePosition(): { trace_id?: string; span_id?: string } {
  const span = trace.getActiveSpan()?.spanContext();
  return span ? { trace_id: span.traceId, span_id: span.spanId } : {};
}

/** No more of an error than this: clients hang what they sent on theirs, passwords included. */
function describeError(error: Error) {
  const { type, message, stack } = stdSerializers.err(error);
  const { code } = error as { code?: unknown };
  return { type, message, stack, ...(code !== undefined && { code }) };
}

/** JSON lines on standard output; coloured text where that is a terminal. */
export function createLogger(name: string, level: string): Logger {
  const options = {
    name,
    level,
    timestamp: stdTimeFunctions.isoTime,
    redact: { paths: redacted, censor: '[redacted]' },
    serializers: { err: describeError },
    // A copy: pino merges each line into what it is given here.
    mixin: () => ({ ...contexts.getStore(), ...tracePosition() }),
  };
  return process.stdout.isTTY ? pino(options, pretty({ colorize: true })) : pino(options);
}
