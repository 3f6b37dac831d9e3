import { raw } from '@mikro-orm/core';
import type { Request, Response } from 'express';
import { arrayLiteral } from '../domain/array-literal.ts';
import { conditionsOf, type EntryFilter } from '../domain/audit-log/entry-filter.ts';
import { formulaSafe } from '../domain/csv-cell.ts';
import { globalIdOfSql, globalIdSql } from '../domain/global-id.ts';
import type { Reading } from '../domain/reading.ts';
import { withHeader } from './csv.ts';
import { begin, sendBody } from './send-answer.ts';

/** Which entries are asked for, and where they go. */
interface AuditAsking {
  filter: EntryFilter;
  format: AuditFormat;
  request: Request;
  response: Response;
  /** How long the reader may take nothing. */
  stallMs: number;
}

/** A way to write entries. */
interface AuditFormat {
  extension: 'csv' | 'jsonl';
  contentType: string;
  /** @param rows SQL of the entries, in their order. */
  write(
    reading: Reading,
    rows: string,
    parameters: readonly unknown[],
  ): AsyncIterable<string | Uint8Array>;
}

const iso = `to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** SQL of each column, by what it is called in the graph. */
const columns: Record<string, { sql: string; isText: boolean }> = {
  id: { sql: globalIdSql('AuditLogEntry', 'e.id'), isText: false },
  at: { sql: iso, isText: false },
  action: { sql: 'e.action', isText: true },
  entityType: { sql: 'e.entity_type', isText: true },
  entityId: { sql: globalIdOfSql('e.entity_type', 'e.entity_id'), isText: false },
  userId: { sql: globalIdSql('User', 'e.user_id'), isText: false },
  serviceTokenId: { sql: globalIdSql('ServiceToken', 'e.service_token_id'), isText: false },
  ip: { sql: 'host(e.ip)', isText: false },
  userAgent: { sql: 'e.user_agent', isText: true },
  requestId: { sql: 'e.request_id', isText: true },
  before: { sql: 'e.before', isText: false },
  after: { sql: 'e.after', isText: false },
};

const rowsPerRead = 1_000;

const csv: AuditFormat = {
  extension: 'csv',
  contentType: 'text/csv; charset=utf-8',
  write({ copyOut }, rows, parameters) {
    const cells = Object.values(columns).map(({ sql, isText }) =>
      isText ? formulaSafe(sql) : sql,
    );
    const header = `${Object.keys(columns).join(',')}\n`;
    return withHeader(header, copyOut(`select ${cells.join(', ')} ${rows}`, parameters));
  },
};

const jsonl: AuditFormat = {
  extension: 'jsonl',
  contentType: 'application/x-ndjson; charset=utf-8',
  async *write({ em }, rows, parameters) {
    const cells = Object.entries(columns).map(([key, { sql }]) => `${sql} as "${key}"`);
    const line = `select row_to_json(j)::text as line from (select ${cells.join(', ')} ${rows}) j`;
    await em.execute(`declare entries no scroll cursor for ${line}`, [...parameters]);
    const fetch = () => em.execute<{ line: string }[]>(`fetch ${rowsPerRead} from entries`);
    for (let read = await fetch(); read.length > 0; read = await fetch()) {
      yield `${read.map((each) => each.line).join('\n')}\n`;
    }
  },
};

export const auditFormats: readonly AuditFormat[] = [csv, jsonl];

/**
 * Answer with entries of the audit log, the newest first, however many: they are written as they are read.
 *
 * @param begun called when the first are there.
 */
export async function answerAuditLog(
  { filter, format, request, response, stallMs }: AuditAsking,
  reading: Reading,
  begun: () => void,
): Promise<void> {
  // One statement lasts as long as its reader takes.
  await reading.em.execute('set local statement_timeout = 0');
  const { sql, parameters } = conditionsOf(filter);
  const actions = filter.actions
    ? raw('action = any (?::text[])', [arrayLiteral(filter.actions.map(quoted))])
    : raw('true');
  const rows = `from (select * from audit_log where ${sql} and ?) e order by e.at desc, e.id desc`;
  const isEmpty = request.method === 'HEAD';
  const body = isEmpty ? null : await begin(format.write(reading, rows, [...parameters, actions]));
  begun();
  response.attachment(`audit-log.${format.extension}`).type(format.contentType);
  response.set('cache-control', 'no-store');
  if (!body) return void response.end();
  const isCompressed = request.acceptsEncodings('gzip', 'identity') === 'gzip';
  response.vary('authorization, accept-encoding');
  await sendBody(body, response, { isCompressed, stallMs });
}

/** A text within the literal of an array. */
function quoted(text: string): string {
  return `"${text.replaceAll(/["\\]/g, '\\$&')}"`;
}
