import { createRequire } from 'node:module';
import { relative } from 'node:path';
import { compiled } from './installation.ts';

const require = createRequire(import.meta.url);
/** Where jest-circus keeps who hears of a file's tests. */
const circusHandlers = Symbol.for('EVENT_HANDLERS');

/**
 * What jest loads test files with: Node's own loader, and what is compiled already.
 *
 * Jest's gives each file a copy of every module, which takes longer than most files' tests. Here the files that one
 * of jest's processes runs share their modules, as requests of a server do.
 */
export default class NativeRuntime {
  readonly requireModule = require;
  readonly #rootDir: string;

  constructor({ rootDir }: { rootDir: string }) {
    this.#rootDir = rootDir;
  }

  /** jest-circus itself, which holds the tests of one file. */
  requireInternalModule(path: string): unknown {
    delete require.cache[path];
    Reflect.deleteProperty(globalThis, circusHandlers);
    return require(path);
  }

  unstable_shouldLoadAsEsm(): boolean {
    return true;
  }

  unstable_importModule(path: string): Promise<unknown> {
    return import(compiled(relative(this.#rootDir, path).replace(/\.ts$/, '.js')).href);
  }

  /** Maps stand beside what is compiled. */
  getSourceMaps(): Map<string, string> {
    return new Map();
  }

  // What else jest asks of a runtime.
  setGlobalsForRuntime(): void {}
  enterTestCode(): void {}
  leaveTestCode(): void {}
  getAllCoverageInfoCopy(): void {}
  teardown(): void {}
}
