import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';

const run = promisify(execFile);

/** The text of each page of a PDF, its words as they follow each other. */
export async function readPdf(bytes: Uint8Array): Promise<string[]> {
  const task = getDocument({ data: bytes.slice(), verbosity: 0 });
  const pdf = await task.promise;
  const pages: string[] = [];
  for (let number = 1; number <= pdf.numPages; number++) {
    const { items } = await (await pdf.getPage(number)).getTextContent();
    const words = items.flatMap((item) => ('str' in item ? [item.str] : []));
    pages.push(words.join(' ').replaceAll(/[\s\u200b]+/g, ' '));
  }
  await task.destroy();
  return pages;
}

/** A picture of each page, as sizes and bytes of a PNG; null where there is no `pdftoppm` to make them. */
export async function drawPdf(bytes: Uint8Array): Promise<Buffer[] | null> {
  const folder = await mkdtemp(join(tmpdir(), 'mediagraph-pdf-'));
  try {
    await writeFile(join(folder, 'document.pdf'), bytes);
    await run('pdftoppm', ['-r', '50', '-png', 'document.pdf', 'page'], { cwd: folder });
    const names = (await readdir(folder)).filter((name) => name.endsWith('.png')).sort();
    return Promise.all(names.map((name) => readFile(join(folder, name))));
  } catch (error) {
    if ((error as { code?: unknown }).code === 'ENOENT') return null;
    throw error;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
