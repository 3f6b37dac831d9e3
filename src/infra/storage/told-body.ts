import { type Readable, Transform } from 'node:stream';
import { passedOn } from './passed-on.ts';
import { upstreamFailed } from './upstream-failed.ts';

/**
 * A body that tells what is wrong where it breaks off.
 *
 * @param check is made once all has been read, and before that is said.
 */
export function toldBody(
  body: Readable,
  what: string,
  check: () => Promise<unknown> = async () => undefined,
): Readable {
  const told = new Transform({
    transform(chunk: Buffer, _, done) {
      passedOn(chunk);
      done(null, chunk);
    },
    flush: (done) => {
      check().then(
        () => done(),
        (error) => done(upstreamFailed(what, error)),
      );
    },
  });
  // It may break before anybody reads, who is told then.
  told.on('error', () => undefined);
  body.once('error', (error) => told.destroy(upstreamFailed(what, error)));
  told.once('close', () => body.destroy());
  return body.pipe(told);
}
