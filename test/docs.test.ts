import { readdirSync, readFileSync } from 'node:fs';

/** The test files of the project, by their names without folder and ending. */
const files = ['src', 'test', 'bench', 'migrations', 'client']
  .flatMap((folder) => readdirSync(folder, { recursive: true }).map((path) => `${folder}/${path}`))
  .filter((path) => path.endsWith('.test.ts'));
const sourcesOf = (name: string) =>
  files
    .filter((path) => path.endsWith(`/${name}.test.ts`))
    .map((path) => readFileSync(path, 'utf8'));

/** Rows of tables that name tests as `file: "title", "title"; file: "title"`, where `...` stands for what is left out. */
const named = ['docs/security.md', 'docs/data-protection.md'].flatMap((path) =>
  readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .flatMap((line) => [...line.matchAll(/(?<=[|;] )([\w/-]+): ((?:"[^"]*"(?:, )?)+)/g)])
    .map(([, file = '', titles = '']) => ({ path, file, titles: titles.match(/"[^"]*"/g) ?? [] })),
);

test('every test that the docs name is there', () => {
  expect(named.length).toBeGreaterThan(80);
  const missing = named.flatMap(({ path, file, titles }) => {
    const text = sourcesOf(file).join('\n').replaceAll("\\'", "'");
    // The end of a title may be what all of a table have in common.
    const parts = titles.flatMap((title) =>
      title
        .slice(1, -1)
        .replace(/: 400$/, '')
        .split('...'),
    );
    return parts.filter((part) => !text.includes(part.trim())).map((part) => [path, file, part]);
  });
  expect(missing).toEqual([]);
});
