import { createHash } from 'node:crypto';
import { inflateSync } from 'node:zlib';
import { badInput } from '../errors.ts';

/** Of the file. */
const mostBytes = 256 * 1024;
/** Along a side. */
const mostPixels = 2_000;
const signature = Buffer.from('89504e470d0a1a0a', 'hex');
/** Values of a pixel by its colour type. */
const channels: Record<number, number> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

/** A logo that can be printed. */
export interface Logo {
  /** A PNG as base64. */
  logo: string;
  logoSha256: string;
}

/**
 * Check a logo by its bytes, down to its last pixel: whatever prints it unpacks it, and must find no more than it says.
 *
 * @throws {DomainError} BAD_USER_INPUT for anything but a PNG of at most 256 KB and 2,000 x 2,000 pixels, of 8 bits and not
 *   interlaced.
 */
export function checkLogo(base64: string): Logo {
  const bytes = Buffer.from(base64, 'base64');
  if (bytes.length > mostBytes) throw refused('it is larger than 256 KB');
  if (!bytes.subarray(0, 8).equals(signature)) throw refused('it is no PNG');
  const chunks = readChunks(bytes);
  const header = chunks.find(({ type }) => type === 'IHDR')?.body;
  if (header?.length !== 13 || chunks.at(-1)?.type !== 'IEND') throw refused('it is broken');
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const [bits = 0, colour = 0] = header.subarray(8);
  if (Math.min(width, height) < 1 || Math.max(width, height) > mostPixels) {
    throw refused(`it has ${width} x ${height} pixels, and may have 2,000 x 2,000`);
  }
  const perPixel = channels[colour];
  if (!perPixel || bits !== 8 || header[12] !== 0) {
    throw refused('it has to be of 8 bits, and not interlaced');
  }
  if (colour === 3 && !chunks.some(({ type }) => type === 'PLTE')) throw refused('it is broken');
  const pixels = Buffer.concat(chunks.flatMap(({ type, body }) => (type === 'IDAT' ? [body] : [])));
  if (!unpacksTo(pixels, height * (width * perPixel + 1))) throw refused('it is broken');
  const logo = bytes.toString('base64');
  return { logo, logoSha256: createHash('sha256').update(bytes).digest('hex') };
}

function readChunks(bytes: Buffer): { type: string; body: Buffer }[] {
  const chunks: { type: string; body: Buffer }[] = [];
  for (let at = signature.length; at + 12 <= bytes.length; ) {
    const end = at + 8 + bytes.readUInt32BE(at);
    if (end + 4 > bytes.length) break;
    chunks.push({
      type: bytes.toString('latin1', at + 4, at + 8),
      body: bytes.subarray(at + 8, end),
    });
    at = end + 4;
  }
  return chunks;
}

function unpacksTo(packed: Buffer, size: number): boolean {
  try {
    return inflateSync(packed, { maxOutputLength: size }).length === size;
  } catch {
    return false;
  }
}

function refused(why: string) {
  return badInput(`The logo cannot be used: ${why}.`, 'logo');
}
