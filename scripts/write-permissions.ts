/** Write `docs/permissions.md`, who may ask what; with `--check`, fail when the committed one differs. */
import { readFile, writeFile } from 'node:fs/promises';
import { buildGraph } from '../src/resolvers/build-schema.ts';
import { askers, openToAll, permissionTable } from '../src/resolvers/permission-table.ts';

const file = 'docs/permissions.md';
const names = askers.map(({ name }) => name);
const table = permissionTable(await buildGraph()).map(
  ({ kind, operation, askers: allowed }) =>
    `| ${kind} | \`${operation}\` | ${names.map((name) => (allowed.includes(name) ? 'yes' : '')).join(' | ')} |`,
);
const text = `# Who may ask what

Written by \`npm run permissions\` from what each query and mutation declares, and tested cell by cell. Whoever may ask sees and
changes only what is theirs: row-level security keeps organizations apart, and CLIENT members to their clients. What a
service token reads, it reads with its own role, here ADMIN. Who is not signed in may ask only what proves who they
are: ${openToAll.map((name) => `\`${name}\``).join(', ')}.

| | Operation | ${names.join(' | ')} |
|---|---|${names.map(() => '---').join('|')}|
${table.join('\n')}
`;

if (process.argv.includes('--check')) {
  if ((await readFile(file, 'utf8').catch(() => '')) !== text) {
    console.error(`${file} is not what the code says: run \`npm run permissions\` and commit it.`);
    process.exitCode = 1;
  }
} else {
  await writeFile(file, text);
}
