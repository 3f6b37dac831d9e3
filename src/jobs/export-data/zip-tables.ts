import { Readable } from 'node:stream';
import type { EntityManager } from '@mikro-orm/postgresql';
import { ZipFile } from 'yazl';
import { readTable, type TableQuestion } from '../../domain/data-protection/read-table.ts';
import { toCsv, toJson } from './write-rows.ts';

/** A table of an export, and what its rows are. */
interface ZipPart extends TableQuestion {
  /** Of its two files, without their endings. */
  name: string;
  about: string;
}

export interface ZipRequest {
  /** Whom it is about, for who opens it. */
  title: string;
  parts: readonly ZipPart[];
  /** What is not in it, and why. */
  leftOut: readonly string[];
  decrypt(ciphertext: string): string;
  /** Told how many rows there are so far. */
  onRows(done: number): void;
  signal: AbortSignal;
}

/**
 * A zip with each table as JSON and as CSV, both of one instant, and a README that counts and explains them. It is made
 * while it is read: of the rows, some thousands are in memory.
 */
export function zipTables(em: EntityManager, request: ZipRequest): Readable {
  const zip = new ZipFile();
  const output = zip.outputStream as Readable;
  zip.on('error', (error) => output.destroy(error));
  const counts = new Map<string, number>();
  const add = (name: string, open: () => Promise<AsyncIterable<string>>) =>
    zip.addReadStreamLazy(name, (give) => {
      open().then(
        (lines) => {
          const entry = Readable.from(lines, { objectMode: false });
          entry.once('error', (error) => output.destroy(error));
          give(null, entry);
        },
        (error) => output.destroy(error),
      );
    });

  let done = 0;
  for (const part of request.parts) {
    let reading: Awaited<ReturnType<typeof readTable>> | undefined;
    add(`${part.name}.json`, async () => {
      const opened = await readTable(em, request.decrypt, part);
      reading = opened;
      return toJson(counting(opened.batches()));
    });
    add(`${part.name}.csv`, async () => {
      if (!reading) throw new Error(`${part.name} was not read`);
      const { columns, batches, close } = reading;
      return closing(toCsv(columns, batches()), close);
    });
    const counting = async function* <T>(batches: AsyncIterable<T[]>) {
      counts.set(part.name, 0);
      for await (const rows of batches) {
        request.signal.throwIfAborted();
        counts.set(part.name, (counts.get(part.name) ?? 0) + rows.length);
        done += rows.length;
        request.onRows(done);
        yield rows;
      }
    };
  }
  add('README.txt', async () => text(describe(request, counts)));
  add('manifest.json', async () => text(`${JSON.stringify(manifest(request, counts), null, 2)}\n`));
  zip.end();
  return output;
}

async function* text(content: string) {
  yield content;
}

async function* closing<T>(items: AsyncIterable<T>, close: () => Promise<void>) {
  yield* items;
  await close();
}

function manifest({ title, parts }: ZipRequest, counts: ReadonlyMap<string, number>) {
  const tables = parts.map(({ name, about }) => ({ name, about, rows: counts.get(name) ?? 0 }));
  return { title, exportedAt: new Date().toISOString(), tables };
}

function describe({ title, parts, leftOut }: ZipRequest, counts: ReadonlyMap<string, number>) {
  return [
    title,
    '',
    'Each table is there as JSON and as CSV (UTF-8), with the same rows. Amounts are exact decimals, instants ISO 8601',
    "in UTC, days those of the client's time zone; amounts are in the client's currency. A column such as campaign_id holds",
    'the id of a row of campaigns.',
    'In CSV, texts that a spreadsheet would run as a formula begin with an apostrophe.',
    '',
    ...parts.map(({ name, about }) => `${name}: ${about} Rows: ${counts.get(name) ?? 0}.`),
    '',
    'Not in it:',
    '- secrets, and hashes that prove or find somebody',
    ...leftOut.map((each) => `- ${each}`),
    '',
  ].join('\n');
}
