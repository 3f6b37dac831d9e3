import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Busboy, type BusboyHeaders } from '@fastify/busboy';
import type { Request } from 'express';
import { badInput } from '../../domain/errors.ts';
import type { KeptFile } from '../../domain/feed/object-store.ts';
import { openNameless, readNameless } from '../../domain/nameless-file.ts';
import { checkFileName } from '../../domain/upload/file-name.ts';

/** A form that came whole. */
export interface UploadForm {
  fields: ReadonlyMap<string, string>;
  file: { name: string; sizeBytes: number; sha256: string; read(): Readable };
  /** Remove what was kept of it. */
  drop(): Promise<void>;
}

const fileField = 'file';

/**
 * Read a form of one file and some fields, in whatever order. The file is put on disk, never in memory, since who sends
 * it may say only after it what it is for; there it has no name, and is gone with the process.
 *
 * @throws {DomainError} BAD_USER_INPUT: no such form; a file that is too large, has no plain name, or is one of several.
 */
export async function readForm(
  request: Request,
  names: readonly string[],
  mostBytes: number,
): Promise<UploadForm> {
  const form = openForm(request);
  const disk = await openNameless();
  const drop = () => disk.close();
  const fields = new Map<string, string>();
  let file: { name: string; kept: Promise<KeptFile> } | undefined;
  const failed = new Promise<never>((_, reject) => {
    const fail = (error: Error) => {
      reject(error);
      form.destroy();
    };
    form.on('field', (name, value, isNameCut, isCut) => {
      if (!names.includes(name)) fail(badInput(`There is no field "${clip(name)}".`, clip(name)));
      else if (fields.has(name)) fail(badInput(`Give the field ${name} once.`, name));
      else if (isNameCut || isCut) fail(badInput(`The field ${name} is too long.`, name));
      else fields.set(name, value);
    });
    form.on('file', (name, content, fileName) => {
      // What is left of a form that is refused ends in an error that nobody waits for.
      content.on('error', () => undefined);
      try {
        if (name !== fileField || file)
          throw badInput('Give one file, as the field "file".', 'file');
        file = { name: checkFileName(fileName ?? ''), kept: keep(content, disk, mostBytes) };
        file.kept.catch(fail);
      } catch (error) {
        content.resume();
        fail(error as Error);
      }
    });
    for (const limit of ['partsLimit', 'filesLimit', 'fieldsLimit'] as const)
      form.on(limit, () => fail(badInput('The form has too many parts.')));
  });
  try {
    const parsed = pipeline(request, form, { end: true }).catch((error) => {
      throw request.readableAborted
        ? error
        : badInput(`The form cannot be read: ${error.message}.`);
    });
    await Promise.race([parsed, failed]);
    if (!file) throw badInput('Give a file, as the field "file".', 'file');
    const kept = await file.kept;
    const read = () => readNameless(disk);
    return { fields, file: { name: file.name, ...kept, read }, drop };
  } catch (error) {
    await drop();
    throw error;
  }
}

function openForm(request: Request) {
  const { headers } = request;
  try {
    return new Busboy({
      headers: headers as BusboyHeaders,
      // So that a name with folders is seen, and refused.
      preservePath: true,
      limits: { fieldNameSize: 100, fieldSize: 2_000, fields: 10, files: 2, headerPairs: 20 },
    });
  } catch {
    throw badInput("Send a form of the type multipart/form-data, as curl's -F does.");
  }
}

async function keep(content: Readable, disk: FileHandle, mostBytes: number): Promise<KeptFile> {
  const hash = createHash('sha256');
  let sizeBytes = 0;
  const limited = async function* (chunks: AsyncIterable<Buffer>) {
    for await (const chunk of chunks) {
      sizeBytes += chunk.length;
      if (sizeBytes > mostBytes) throw badInput(`A file has at most ${mostBytes} bytes.`, 'file');
      hash.update(chunk);
      yield chunk;
    }
  };
  await disk.writeFile(limited(content));
  return { sizeBytes, sha256: hash.digest('hex') };
}

function clip(name: string): string {
  return name.slice(0, 60);
}
