type Stop = () => unknown;

/** How long stopping may take beside what its steps are known to wait for. */
const longestStopMs = 10_000;

/**
 * Run a long-lived process: start, tell the parent process (if there is one) that it is ready, and on
 * SIGINT or SIGTERM undo the start's steps in reverse order.
 *
 * A start that fails is said in one line and ends with status 1.
 *
 * @param start registers how to stop each thing as it is started, with the time that it may wait for work to
 *   end, and may say later that the process cannot go on; returns what the parent is told.
 */
export async function runProcess(
  name: string,
  start: (
    onStop: (stop: Stop, waitsMs?: number) => void,
    fail: (message: string) => void,
  ) => Promise<object>,
): Promise<void> {
  const stops: Stop[] = [];
  let deadlineMs = longestStopMs;
  let stopping: Promise<void> | undefined;
  const stopAll = async (status: number) => {
    for (const stop of stops.reverse()) {
      try {
        await stop();
      } catch (error) {
        console.error(`${name}: while stopping: ${error}`);
      }
    }
    process.exit(status);
  };
  const stopOnce = (status: number) => {
    // What cannot be stopped, since what it waits for is gone, is left behind.
    setTimeout(() => process.exit(status || 1), deadlineMs).unref();
    stopping ??= stopAll(status);
    return stopping;
  };
  const fail = (message: string) => {
    console.error(`${name}: ${message}`);
    void stopOnce(1);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stopOnce(0));
  // A parent that died took its terminal along: nobody would stop this process any more.
  process.on('disconnect', () => void stopOnce(0));

  try {
    const onStop = (stop: Stop, waitsMs = 0) => {
      stops.push(stop);
      deadlineMs += waitsMs;
    };
    const ready = await start(onStop, fail);
    process.send?.({ ready: true, ...ready });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    // A mistake of the program's own is no message for people.
    console.error(`${name}: ${error instanceof TypeError ? error.stack : message}`);
    process.send?.({ error: message });
    await stopOnce(1);
  }
}
