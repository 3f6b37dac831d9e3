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

const formats = ['csv', 'json', 'parquet'];
const rounds = 3;

/**
 * Rows a second in every format beside PostgreSQL's own COPY of the same rows, by the same role under the same
 * policies: medians of alternating rounds.
 *
 * @throws {Error} when CSV has other rows than COPY.
 */
export async function compareWithCopy(doors: Doors): Promise<Measured> {
  const client = await connect(doors);
  const copy = `copy (${sqlOfRows(doors.shape)}) to stdout (format csv)`;
  const byCopy = async () => client.query(copyTo(copy));
  // These warm up as well.
  assertSameRows(await read(await openDoor(doors, 'csv')), await read(await byCopy()));
  for (const format of formats) await rowsPerSecond(() => openDoor(doors, format));

  const copied: number[] = [];
  const sent = new Map<string, number[]>(formats.map((format) => [format, []]));
  const turned: Turned[] = [];
  for (let round = 0; round < rounds; round++) {
    copied.push(await rowsPerSecond(byCopy));
    for (const [format, perSecond] of sent) {
      await doors.server.observe();
      perSecond.push(await rowsPerSecond(() => openDoor(doors, format)));
      turned.push([format, await doors.server.observe()]);
    }
  }
  await client.end();
  return {
    figures: [
      ['copy_rows_per_s', median(copied), 'rows/s'],
      ...[...sent].map(([format, perSecond]): Figure => {
        return [`${format}_rows_per_s`, median(perSecond), 'rows/s'];
      }),
      ['csv_vs_copy', median(sent.get('csv') ?? []) / median(copied), 'ratio'],
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
