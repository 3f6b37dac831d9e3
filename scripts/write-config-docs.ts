/**
 * Write what the schema of the settings says into `README.md`, that of audits into `docs/audit-settings.md` (between
 * their markers), and both into `.env.example`; with `--check`, fail when they say something else.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { auditSettings } from '../src/audit-settings.ts';
import { configSchema } from '../src/config-schema.ts';

const start = '<!-- configuration -->';
const end = '<!-- /configuration -->';

const settings = Object.entries(configSchema.shape).map(([name, type]) => {
  const parsed = type.safeParse(undefined);
  const value = parsed.success ? parsed.data : undefined;
  return { name, fallback: value === undefined ? '' : String(value), meaning: type.description };
});

const tableOf = (rows: typeof settings) =>
  [
    '| Setting | Default | Meaning |',
    '|---|---|---|',
    ...rows.map(({ name, fallback, meaning }) => `| \`${name}\` | ${fallback} | ${meaning} |`),
  ].join('\n');

const example = [
  '# Every setting is optional outside production: what is not set is embedded or has the default shown.',
  ...settings.map(({ name, fallback, meaning }) => `# ${meaning}\n# ${name}=${fallback}`),
].join('\n');

const withTable = async (file: string, rows: typeof settings) => {
  const [before = '', rest = ''] = (await readFile(file, 'utf8')).split(start);
  const [, after = ''] = rest.split(end);
  return `${before}${start}\n${tableOf(rows)}\n${end}${after}`;
};
const isOfAudits = ({ name }: { name: string }) => name in auditSettings;
const files = {
  'README.md': await withTable(
    'README.md',
    settings.filter((setting) => !isOfAudits(setting)),
  ),
  'docs/audit-settings.md': await withTable('docs/audit-settings.md', settings.filter(isOfAudits)),
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
