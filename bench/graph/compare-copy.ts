import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { decodeJwt } from 'jose';
import { Client } from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { type Figure, type Measured, median, type Turned } from './figures.ts';
import { addressOfRows, rowCount, sqlOfRows } from './rows.ts';
import type { Served } from './served.ts';
import type { Shape } from './shape.ts';

export interface Doors {
  server: Served;
  /** Of who reads. */
  token: string;
  /** As the server's role. */
  databaseUrl: string;
  shape: Shape;
}

const rounds = 3;

/**
 * Rows a second by CSV beside PostgreSQL's own COPY of the same rows, by the same role under the same policies:
 * medians of alternating rounds. Then the same rows once in the other formats.
 *
 * @throws {Error} when CSV has other rows than COPY.
 */
export async function compareWithCopy(doors: Doors): Promise<Measured> {
  await using running = new AsyncDisposableStack();
  const client = await connect(doors);
  running.defer(() => client.end());
  const copy = async () =>
    client.query(copyTo(`copy (${sqlOfRows(doors.shape)}) to stdout (format csv)`));
  const door = (format: string) => () => openDoor(doors, format);
  const csv: number[] = [];
  const copied: number[] = [];
  const turned: Turned[] = [];
  const measure = async (format: string) => {
    await doors.server.observe();
    const perSecond = await rowsPerSecond(door(format));
    turned.push([format, await doors.server.observe()]);
    return perSecond;
  };

  // These warm up as well.
  assertSameRows(await read(await openDoor(doors, 'csv')), await read(await copy()));
  for (let round = 0; round < rounds; round++) {
    csv.push(await measure('csv'));
    copied.push(await rowsPerSecond(copy));
  }
  const others: Figure[] = [];
  for (const format of ['json', 'parquet']) {
    await rowsPerSecond(door(format));
    others.push([`rows_${format}`, await measure(format), 'rows/s']);
  }
  return {
    figures: [
      ['rows_csv', median(csv), 'rows/s'],
      ['rows_copy', median(copied), 'rows/s'],
      ...others,
      ['csv_vs_copy', median(csv) / median(copied), 'ratio'],
    ],
    turned,
  };
}

/** As the server's role, for the reader's organization. */
async function connect({ databaseUrl, token }: Doors): Promise<Client> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query(`select set_config('app.organization', $1, false)`, [decodeJwt(token).org]);
  return client;
}

async function openDoor({ server, token, shape }: Doors, format: string): Promise<Readable> {
  const address = `${server.url}/bi/v1/metrics.${format}?${addressOfRows(shape)}`;
  const asked = get(address, { headers: { authorization: `Bearer ${token}` } });
  const [response]: IncomingMessage[] = await once(asked, 'response');
  if (response?.statusCode === 200) return response;
  throw new Error(`${format}: ${response?.statusCode} ${response && (await read(response))}`);
}

async function rowsPerSecond(open: () => Promise<Readable>): Promise<number> {
  const startedAt = performance.now();
  const body = await open();
  await once(body.resume(), 'end');
  return (rowCount / (performance.now() - startedAt)) * 1000;
}

async function read(body: Readable): Promise<Buffer> {
  return Buffer.concat(await body.toArray());
}

/** @param csv with a line of its columns' names above its rows. */
function assertSameRows(csv: Buffer, copied: Buffer): void {
  const rows = csv.subarray(csv.indexOf('\n') + 1);
  if (rows.equals(copied)) return;
  const start = (from: Buffer) => from.subarray(0, 200);
  throw new Error(`CSV has other rows than COPY: ${start(rows)} and ${start(copied)}`);
}
