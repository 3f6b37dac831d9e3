/** The entry point of a worker. */
export const workerScript = new URL('../worker.js', import.meta.url);

/**
 * Options of Node that a worker is started with, as `npm run worker` does: what files are read into is soon garbage, which
 * is collected when the one space is full, or the other has grown. Left to itself the old space of a busy worker grows further.
 */
export const workerOptions = ['--max-semi-space-size=16', '--max-old-space-size=512'];
