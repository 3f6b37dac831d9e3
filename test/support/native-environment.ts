/** The globals of a test file: the process's own, where jest would make others. */
export default class NativeEnvironment {
  readonly global = globalThis;
  readonly #console = globalThis.console;
  readonly #exit = process.exit;

  getVmContext(): null {
    return null;
  }

  /** Errors keep as much of a stack as elsewhere, where jest would have each keep and translate 100 places. */
  async setup(): Promise<void> {
    Error.stackTraceLimit = 10;
  }

  /** Take back what jest put over them for this file. */
  async teardown(): Promise<void> {
    globalThis.console = this.#console;
    process.exit = this.#exit;
  }
}
