import type { ByteWriter } from 'hyparquet-writer';

/** What was written since the last time, which the writer forgets. */
export function takeBytes(writer: ByteWriter): Uint8Array {
  const taken = new Uint8Array(writer.getBuffer());
  writer.index = 0;
  return taken;
}
