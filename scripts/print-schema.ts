/** Write `schema.graphql`, the graph's SDL; with `--check`, fail when the committed one differs. */
import { readFile, writeFile } from 'node:fs/promises';
import { lexicographicSortSchema, printSchema } from 'graphql';
import { buildGraph } from '../src/resolvers/build-schema.ts';

const file = 'schema.graphql';
const sdl = `${printSchema(lexicographicSortSchema(await buildGraph()))}\n`;

if (process.argv.includes('--check')) {
  const committed = await readFile(file, 'utf8').catch(() => '');
  if (committed !== sdl) {
    console.error(`${file} is not what the code says: run \`npm run schema\` and commit it.`);
    process.exitCode = 1;
  }
} else {
  await writeFile(file, sdl);
}
