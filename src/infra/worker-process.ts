/** The entry point of a worker. */
export const workerScript = new URL('../worker.js', import.meta.url);

/**
 * Options of Node that a worker is started with, as `npm run worker` does: what files are read into is soon garbage, which
 * is collected as often as this space is full. With Node's own 16 MB a worker takes over 100 MB more.
 */
export const workerOptions = ['--max-semi-space-size=2'];
