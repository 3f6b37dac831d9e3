import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import {
  type Context,
  context,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { ExportResultCode, parseKeyPairsIntoRecord, parseTraceParent } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  BatchSpanProcessor,
  ParentBasedSampler,
  type SpanExporter,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import type { Log } from '../jobs/log.ts';
import type { Step, StepAttributes, Tracing } from '../jobs/tracing.ts';

/** A collector that does not answer may not hold up the end of the process. */
const longestFlushMs = 2_000;
const exportTimeoutMs = 5_000;

/** Traces of one process, until it is closed. */
export interface ProcessTracing extends Tracing {
  /** Send what is still to be sent, if that can be done soon. */
  close(): Promise<void>;
}

export interface CollectorOptions {
  /** Address of the collector, without `/v1/traces`. */
  endpoint: string;
  /** `name=value,...` */
  headers: string | undefined;
  /** Share of the traces begun here that are kept, from 0 to 1. */
  share: number;
  service: string;
  log: Log;
}

/** Send the steps of this process to an OpenTelemetry collector (OTLP over HTTP, as JSON). */
export function connectCollector(options: CollectorOptions): ProcessTracing {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  const exporter = new OTLPTraceExporter({
    url: `${options.endpoint.replace(/\/$/, '')}/v1/traces`,
    headers: parseKeyPairsIntoRecord(options.headers ?? ''),
    timeoutMillis: exportTimeoutMs,
  });
  const provider = new TracerProvider({
    resource: resourceFromAttributes({
      'service.namespace': 'mediagraph',
      'service.name': options.service,
      'service.instance.id': randomUUID(),
    }),
    sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(options.share) }),
    spanProcessors: [new BatchSpanProcessor({ exporter: sayOnce(exporter, options.log) })],
  });
  const tracer = provider.getTracer('mediagraph');

  return {
    position() {
      const span = trace.getActiveSpan()?.spanContext();
      if (!span) return null;
      return `00-${span.traceId}-${span.spanId}-${span.traceFlags.toString(16).padStart(2, '0')}`;
    },

    async step(step, fn) {
      const parent = parentOf(step);
      if (!parent) return fn();
      const { name, kind, attributes = {} } = step;
      const span = tracer.startSpan(name, { kind: SpanKind[kind], attributes }, parent);
      return context.with(trace.setSpan(parent, span), async () => {
        try {
          return await fn();
        } catch (error) {
          addNote(span, { 'error.type': errorType(error) });
          throw error;
        } finally {
          span.end();
        }
      });
    },

    note(attributes, name) {
      const span = trace.getActiveSpan();
      if (!span) return;
      addNote(span, attributes);
      if (name) span.updateName(name);
    },

    async close() {
      const deadline = new AbortController();
      const flushed = provider.shutdown().catch(() => undefined);
      await Promise.race([
        flushed,
        pause(longestFlushMs, undefined, { signal: deadline.signal }).catch(() => undefined),
      ]);
      deadline.abort();
    },
  };
}

/** Where a step belongs; undefined where it belongs to nothing that is traced. */
function parentOf({ parent }: Step): Context | undefined {
  if (parent === undefined) return trace.getActiveSpan() && context.active();
  const remote = parent === null ? null : parseTraceParent(parent);
  return remote ? trace.setSpanContext(ROOT_CONTEXT, { ...remote, isRemote: true }) : ROOT_CONTEXT;
}

function addNote(span: Span, attributes: StepAttributes): void {
  span.setAttributes(attributes);
  if ('error.type' in attributes) span.setStatus({ code: SpanStatusCode.ERROR });
}

/** What kind of error it was. Its message stays out: databases quote the values they refuse. */
function errorType(error: unknown): string {
  const { code } = error as { code?: unknown };
  if (typeof code === 'string') return code;
  return error instanceof Error ? error.constructor.name : typeof error;
}

/** An exporter whose failure is logged when it begins, not for as long as it lasts. */
function sayOnce(exporter: SpanExporter, log: Log): SpanExporter {
  let isFailing = false;
  return {
    export: (spans, done) =>
      exporter.export(spans, ({ code, error }) => {
        const fails = code === ExportResultCode.FAILED;
        if (fails && !isFailing) {
          log.warn(
            { reason: error?.message },
            'traces cannot be sent; they are dropped until they can',
          );
        }
        isFailing = fails;
        done({ code: ExportResultCode.SUCCESS });
      }),
    forceFlush: async () => exporter.forceFlush?.(),
    shutdown: () => exporter.shutdown(),
  };
}
