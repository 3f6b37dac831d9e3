import { randomUUID } from 'node:crypto';
import { type FileHandle, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';

/** Open a new file of this machine without a name: it is gone with whoever has it open, however that ends. */
export async function openNameless(): Promise<FileHandle> {
  const path = join(tmpdir(), `mediagraph-${randomUUID()}`);
  const file = await open(path, 'wx+', 0o600);
  await rm(path);
  return file;
}

/** Read such a file from its beginning. A stream of the handle's own would keep it from being closed until it is read. */
export function readNameless(file: FileHandle): Readable {
  return Readable.from(piecesOf(file), { objectMode: false });
}

async function* piecesOf(file: FileHandle): AsyncGenerator<Buffer> {
  for (let position = 0; ; ) {
    const { bytesRead, buffer } = await file.read({ buffer: Buffer.alloc(65_536), position });
    if (bytesRead === 0) return;
    position += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}
