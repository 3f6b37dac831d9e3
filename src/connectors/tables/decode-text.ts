import { isAscii } from 'node:buffer';
import { TextDecoder } from 'node:util';
import { badInput } from '../../domain/errors.ts';

/**
 * Decode a text file, whatever spreadsheet wrote it.
 *
 * By its byte order mark, which is dropped: it would become part of the first column's name. Without one,
 * UTF-16 where zero bytes tell it; else UTF-8, or Windows-1252 where the first character beyond ASCII is not
 * valid UTF-8. What is cut off or broken later on is shown as U+FFFD.
 *
 * @throws {DomainError} BAD_USER_INPUT when it is no text.
 */
export async function* decodeText(bytes: AsyncIterable<Buffer>): AsyncGenerator<string> {
  // What bytes mean is told by all that tell it, however they arrive.
  let held: Buffer = Buffer.alloc(0);
  let decoder: TextDecoder | undefined;
  let isStarted = false;
  for await (const chunk of bytes) {
    if (decoder) {
      yield decoder.decode(chunk, { stream: true });
      continue;
    }
    held = held.length > 0 ? Buffer.concat([held, chunk]) : chunk;
    if (held.length < 4) continue;
    if (!isStarted) decoder = decoderOfStart(held);
    isStarted = true;
    const ascii = decoder ? 0 : lengthOfAscii(held);
    if (!decoder && ascii + 4 <= held.length) decoder = decoderOf(held.subarray(ascii));
    const known = decoder ? held.length : ascii;
    yield decoder?.decode(held, { stream: true }) ?? held.toString('latin1', 0, known);
    held = held.subarray(known);
  }
  if (!isStarted) decoder = decoderOfStart(held);
  decoder ??= decoderOf(held.subarray(lengthOfAscii(held)));
  yield decoder.decode(held);
}

/** The decoder that a file's first four bytes tell; undefined where that takes more of them. */
function decoderOfStart(held: Buffer): TextDecoder | undefined {
  const [one, two, three, four] = held;
  if (one === 0xff && two === 0xfe) return new TextDecoder('utf-16le');
  if (one === 0xfe && two === 0xff) return new TextDecoder('utf-16be');
  if (one === 0xef && two === 0xbb && three === 0xbf) return new TextDecoder('utf-8');
  if (!held.subarray(0, 4).includes(0)) return undefined;
  if (one && two === 0 && three && four === 0) return new TextDecoder('utf-16le');
  if (one === 0 && two && three === 0 && four) return new TextDecoder('utf-16be');
  throw badInput('This is a binary file: save it as CSV or XLSX.');
}

function lengthOfAscii(text: Buffer): number {
  if (isAscii(text)) return text.length;
  const found = text.findIndex((byte) => byte > 0x7f);
  return found < 0 ? text.length : found;
}

/** @param text begins with the first character beyond ASCII, if there is any. */
function decoderOf(text: Buffer): TextDecoder {
  try {
    // As if more came: a character that the end of the file cuts off is none of Windows.
    new TextDecoder('utf-8', { fatal: true }).decode(text.subarray(0, 4), { stream: true });
    return new TextDecoder('utf-8');
  } catch {
    return new TextDecoder('windows-1252');
  }
}
