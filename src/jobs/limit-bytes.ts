import { Transform } from 'node:stream';
import { badInput } from '../domain/errors.ts';

/** Lets bytes pass, up to a number. @throws {DomainError} BAD_USER_INPUT in the stream, beyond it. */
export function limitBytes(most: number): Transform {
  let bytes = 0;
  return new Transform({
    transform(chunk: Buffer, _, done) {
      bytes += chunk.length;
      if (bytes > most) done(badInput(`The file has more than ${most} bytes.`));
      else done(null, chunk);
    },
  });
}
