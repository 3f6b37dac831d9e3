/** Read at most once in so many milliseconds: whoever asks meanwhile is answered what was read last. */
export function atMostEvery<T>(milliseconds: number, read: () => Promise<T>): () => Promise<T> {
  let reading: Promise<T> | undefined;
  let readAt = Number.NEGATIVE_INFINITY;
  return () => {
    if (reading && performance.now() - readAt < milliseconds) return reading;
    readAt = performance.now();
    reading = read();
    return reading;
  };
}
