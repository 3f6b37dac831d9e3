import type { Request, Response } from 'express';
import { formulaSafe } from '../domain/csv-cell.ts';
import { found } from '../domain/errors.ts';
import { fromGlobalId } from '../domain/global-id.ts';
import { IngestionRun } from '../domain/ingestion/ingestion-run.entity.ts';
import { fieldColumns } from '../domain/ingestion/read-corrections.ts';
import type { Reading } from '../domain/reading.ts';
import { withHeader } from './csv.ts';
import { readParameters } from './read-parameters.ts';
import { begin, sendBody } from './send-answer.ts';

/** Whose rejected rows are asked for, and where they go. */
interface RejectsAsking {
  runId: string;
  request: Request;
  response: Response;
  /** How long the reader may take nothing. */
  stallMs: number;
}

/** SQL of each column. */
const columns: Record<string, string> = {
  file: formulaSafe('o.key'),
  line: 'row.line',
  reasons: `(select string_agg(p.value ->> 'message', '; ') from jsonb_array_elements(row.reasons) p)`,
  ...Object.fromEntries(
    fieldColumns.map((name) => [name, formulaSafe(`(row.fields ->> '${name}')`)]),
  ),
};

/** Read whose rejected rows an address asks for. @throws {DomainError} BAD_USER_INPUT. */
export function readRunId(address: URLSearchParams): string {
  const { one, finish } = readParameters(address, ['runId']);
  const id = one('runId', (text) => fromGlobalId('IngestionRun', text));
  finish();
  return found(id, 'ingestion run');
}

/**
 * Answer with the rows that a run rejected, by day and line, under the names of the columns that they are sent back
 * with once they are corrected.
 *
 * @param begun called when the first are there.
 * @throws {DomainError} NOT_FOUND.
 */
export async function answerRejectedRows(
  { runId, request, response, stallMs }: RejectsAsking,
  { em, copyOut }: Reading,
  begun: () => void,
): Promise<void> {
  found(await em.findOne(IngestionRun, runId), 'ingestion run');
  await em.execute('set local statement_timeout = 0');
  const copyRows = () =>
    copyOut(
      `select ${Object.values(columns).join(', ')}
     from run_slices s
     join rejected_rows row on row.run_slice_id = s.id
     join source_objects o on o.id = row.object_id
     where s.run_id = ? order by s.date, row.line, row.id`,
      [runId],
    );
  const isEmpty = request.method === 'HEAD';
  const header = `${Object.keys(columns).join(',')}\n`;
  const body = isEmpty ? null : await begin(withHeader(header, copyRows()));
  begun();
  response.attachment('rejected-rows.csv').type('text/csv; charset=utf-8');
  response.set('cache-control', 'no-store').vary('authorization, accept-encoding');
  if (!body) return void response.end();
  const isCompressed = request.acceptsEncodings('gzip', 'identity') === 'gzip';
  await sendBody(body, response, { isCompressed, stallMs });
}
