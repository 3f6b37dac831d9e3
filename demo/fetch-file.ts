import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import ky from 'ky';
import type { Api } from '../client/api.ts';
import { CreateFileLinkDocument } from '../client/operations.ts';

/** Where the API is, and where files that are fetched go. */
export interface FilePlaces {
  url: string;
  folder: string;
}

/** Fetch a file by a link, as a browser would, and say where it is. */
export async function fetchFile(
  api: Api,
  { id, name, sizeBytes }: { id: string; name: string; sizeBytes: number },
  { url, folder }: FilePlaces,
): Promise<void> {
  const { createFileLink } = await api.request(CreateFileLinkDocument, { id });
  const path = join(folder, name);
  await mkdir(folder, { recursive: true });
  await writeFile(path, Buffer.from(await ky(`${url}${createFileLink.path}`).arrayBuffer()));
  console.log(`  ${path} (${Math.ceil(Number(sizeBytes) / 1024)} KB)`);
}
