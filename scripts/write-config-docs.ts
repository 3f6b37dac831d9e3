/**
 * Write what the schema of the settings says into `README.md` (between its markers) and `.env.example`; with
 * `--check`, fail when they say something else.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { configSchema } from '../src/config-schema.ts';

const start = '<!-- configuration -->';
const end = '<!-- /configuration -->';

const settings = Object.entries(configSchema.shape).map(([name, type]) => {
  const parsed = type.safeParse(undefined);
  const value = parsed.success ? parsed.data : undefined;
  return { name, fallback: value === undefined ? '' : String(value), meaning: type.description };
});

const table = [
  '| Setting | Default | Meaning |',
  '|---|---|---|',
  ...settings.map(({ name, fallback, meaning }) => `| \`${name}\` | ${fallback} | ${meaning} |`),
].join('\n');

const example = [
  '# Every setting is optional outside production: what is not set is embedded or has the default shown.',
  ...settings.map(({ name, fallback, meaning }) => `# ${meaning}\n# ${name}=${fallback}`),
].join('\n');

const readme = await readFile('README.md', 'utf8');
const [before = '', rest = ''] = readme.split(start);
const [, after = ''] = rest.split(end);
const files = {
  'README.md': `${before}${start}\n${table}\n${end}${after}`,
  '.env.example': `${example}\n`,
};

for (const [file, wanted] of Object.entries(files)) {
  if (!process.argv.includes('--check')) await writeFile(file, wanted);
  else if ((await readFile(file, 'utf8').catch(() => '')) !== wanted) {
    console.error(
      `${file} is not what config-schema.ts says: run \`npm run readme\` and commit it.`,
    );
    process.exitCode = 1;
  }
}
