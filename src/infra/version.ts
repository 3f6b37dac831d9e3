import { readFileSync } from 'node:fs';
import { findPackageJSON } from 'node:module';

const manifest = findPackageJSON('..', import.meta.url) ?? 'package.json';

/** Of this program, as its package says it. */
export const version: string = JSON.parse(readFileSync(manifest, 'utf8')).version;
