import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Command } from 'commander';
import { loadConfig, readEnvironment } from '../config.ts';
import { toHtml, toText } from '../infra/mail/lay-out.ts';
import { sampleLetters, writeLetter } from '../infra/mail/write-letter.ts';
import { linksTo } from '../infra/mail/written-letter.ts';

export const mailPreviewCommand = new Command('mail-preview')
  .description(
    'write each kind of mail, with made-up content, as the pages and texts that people get',
  )
  .argument('<folder>', 'that they are written to')
  .addHelpText('after', '\nExample:\n  $ npm run cli -- mail-preview /tmp/mails')
  .action(async (folder: string) => {
    const links = linksTo(loadConfig(readEnvironment()).APP_URL);
    await mkdir(folder, { recursive: true });
    for (const letter of Object.values(sampleLetters)) {
      const written = writeLetter(letter, links);
      const path = resolve(join(folder, letter.kind.toLowerCase().replaceAll('_', '-')));
      await writeFile(`${path}.html`, await toHtml(written));
      await writeFile(`${path}.txt`, `${written.subject}\n\n${toText(written)}`);
      console.log(`${path}.html`);
    }
  });
