import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

/** A span as it was sent. */
export interface CollectedSpan {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  startTimeUnixNano: string;
  /** The process that it comes from. */
  service: string;
  attributes: Record<string, string | number | undefined>;
  status: { code?: number; message?: string };
  events?: object[];
}

type Value = { stringValue?: string; intValue?: number | string; doubleValue?: number };
interface Attributes {
  attributes: { key: string; value: Value }[];
}
interface ExportRequest {
  resourceSpans: {
    resource: Attributes;
    scopeSpans: { spans: (Omit<CollectedSpan, 'attributes' | 'service'> & Attributes)[] }[];
  }[];
}

/** An OpenTelemetry collector (OTLP over HTTP, as JSON) that keeps what it gets. */
export async function startTraceCollector() {
  const spans: CollectedSpan[] = [];
  const requests: { url: string | undefined; headers: NodeJS.Dict<string | string[]> }[] = [];
  const server = createServer(async (request, response) => {
    requests.push({ url: request.url, headers: request.headers });
    const { resourceSpans } = (await json(request)) as ExportRequest;
    for (const { resource, scopeSpans } of resourceSpans) {
      const service = String(toRecord(resource)['service.name']);
      for (const span of scopeSpans.flatMap((scope) => scope.spans)) {
        spans.push({ ...span, service, attributes: toRecord(span) });
      }
    }
    response.setHeader('content-type', 'application/json').end('{}');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    spans,
    requests,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

function toRecord({ attributes }: Attributes): CollectedSpan['attributes'] {
  const read = ({ stringValue, intValue, doubleValue }: Value) =>
    stringValue ?? (intValue === undefined ? doubleValue : Number(intValue));
  return Object.fromEntries(attributes.map(({ key, value }) => [key, read(value)]));
}
