import { execFileSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { findPackageJSON } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Served, serve } from './served.ts';

const root = dirname(findPackageJSON(import.meta.url) ?? '.');
const folder = join(root, 'bench/graph/peer');

/** Start the peer; the first time, install its packages, which are nothing that `npm ci` should bring to everybody. */
export function servePeer(env: Record<string, string>): Promise<Served> {
  if (!isInstalled()) {
    console.log(`installing PostGraphile in ${folder}, once`);
    execFileSync('npm', ['ci', '--prefix', folder, '--no-fund', '--no-audit'], {
      stdio: 'inherit',
    });
  }
  return serve(pathToFileURL(join(folder, 'peer.mjs')), env);
}

/** Whether its packages are those of the lock file. */
function isInstalled(): boolean {
  const installed = join(folder, 'node_modules/.package-lock.json');
  const locked = join(folder, 'package-lock.json');
  return existsSync(installed) && statSync(installed).mtimeMs >= statSync(locked).mtimeMs;
}
