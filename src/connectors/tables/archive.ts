import { type Entry, fromFdPromise, type ZipFile } from 'yauzl';
import { badInput, DomainError } from '../../domain/errors.ts';
import { openNameless } from '../../domain/nameless-file.ts';

/** A ZIP file whose parts are read in any order. */
export interface Archive {
  has(name: string): boolean;
  /**
   * Unpack one part as a stream.
   *
   * @param mostBytes what it may be unpacked, beyond which the file is refused before it is read.
   * @throws {DomainError} BAD_USER_INPUT when it is not there, too large, or is not what it claims to be.
   */
  read(name: string, mostBytes: number): AsyncGenerator<Buffer>;
  close(): Promise<void>;
}

/** Packed; a million rows take about 50 MB. */
const mostPacked = 500_000_000;
/** Of all parts, however often they are read: the largest sheet, and looks into others. */
const mostUnpacked = 3_000_000_000;
const mostParts = 10_000;

/**
 * Open a ZIP file that comes as a stream: its list of parts stands at its end, so that it is first kept, packed
 * as it is, in a file without a name, which is gone with the process.
 */
export async function openArchive(bytes: AsyncIterable<Buffer>): Promise<Archive> {
  const file = await openNameless().catch(throwFault);
  try {
    await file.writeFile(limit(bytes));
    const { zip, entries } = await listEntries(file.fd);
    let unpacked = 0;
    return {
      has: (name) => entries.has(name),
      close: () => file.close(),
      async *read(name, mostBytes) {
        const entry = entries.get(name);
        if (!entry) throw badInput(`This XLSX file is no workbook: it lacks ${name}.`);
        if (entry.uncompressedSize > mostBytes) {
          const most = `${Math.round(mostBytes / 1_000_000)} MB`;
          throw badInput(`This XLSX file is too large: a part of it unpacks to over ${most}.`);
        }
        for await (const chunk of unpack(zip, entry)) {
          unpacked += chunk.length;
          if (unpacked > mostUnpacked) {
            throw badInput('This XLSX file is too large: leave only the sheet that is to be read.');
          }
          yield chunk;
        }
      },
    };
  } catch (error) {
    await file.close();
    return throwFault(error);
  }
}

/** What is wrong with this machine's disk is told as such. @throws {DomainError} UPSTREAM_FAILED; any other error as it is. */
function throwFault(error: unknown): never {
  const { syscall, code } = error as NodeJS.ErrnoException;
  if (!syscall) throw error;
  throw new DomainError('UPSTREAM_FAILED', `The workbook cannot be kept on disk: ${code}.`, {
    cause: error,
  });
}

async function* limit(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let size = 0;
  for await (const chunk of bytes) {
    size += chunk.length;
    if (size > mostPacked) throw badInput('This XLSX file is too large: save it as CSV.');
    yield chunk;
  }
}

async function listEntries(fd: number): Promise<{ zip: ZipFile; entries: Map<string, Entry> }> {
  const entries = new Map<string, Entry>();
  try {
    const zip = await fromFdPromise(fd, { autoClose: false, lazyEntries: true });
    if (zip.entryCount > mostParts) throw badInput('This ZIP file is no workbook.');
    for await (const entry of zip.eachEntry()) entries.set(entry.fileName, entry);
    return { zip, entries };
  } catch (error) {
    throw asDamage(error);
  }
}

/** What a part unpacks to, which is no more than it claims: that is watched while it is inflated. */
async function* unpack(zip: ZipFile, entry: Entry): AsyncGenerator<Buffer> {
  try {
    const unpacked = await zip.openReadStreamPromise(entry);
    yield* unpacked as AsyncIterable<Buffer>;
  } catch (error) {
    throw asDamage(error);
  }
}

/** What is wrong with the bytes is the file's fault; what is wrong with the disk is not. */
function asDamage(error: unknown): unknown {
  if (error instanceof DomainError || (error as NodeJS.ErrnoException).syscall) return error;
  const message = 'This XLSX file is damaged, or was cut off on its way: save it again.';
  return new DomainError('BAD_USER_INPUT', message, { cause: error });
}
