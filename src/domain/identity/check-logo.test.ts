import { deflateSync } from 'node:zlib';
import { checkLogo } from './check-logo.ts';

interface Drawing {
  width?: number;
  height?: number;
  bits?: number;
  colour?: number;
  interlaced?: number;
  /** What is packed; as much as the size says, where left out. */
  pixels?: Buffer;
}

/** A PNG without checksums, which nothing here looks at. */
function png({
  width = 2,
  height = 2,
  bits = 8,
  colour = 6,
  interlaced = 0,
  pixels,
}: Drawing = {}) {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([bits, colour, 0, 0, interlaced], 8);
  const chunk = (type: string, body: Buffer) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(body.length);
    return Buffer.concat([length, Buffer.from(type), body, Buffer.alloc(4)]);
  };
  const packed = deflateSync(pixels ?? Buffer.alloc(height * (width * 4 + 1)));
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('IDAT', packed),
    chunk('IEND', Buffer.alloc(0)),
  ]).toString('base64');
}

test('a small PNG is a logo', () => {
  expect(checkLogo(png())).toEqual({ logo: png(), logoSha256: expect.stringMatching(/^\w{64}$/) });
});

test.each([
  ['what is no picture', Buffer.from('<svg/>').toString('base64'), 'it is no PNG'],
  ['one that is too large', 'A'.repeat(360_000), 'larger than 256 KB'],
  ['one of too many pixels', png({ width: 3000, pixels: Buffer.alloc(1) }), '3000 x 2 pixels'],
  ['one that unpacks to more than it says', png({ pixels: Buffer.alloc(50_000_000) }), 'broken'],
  ['one that unpacks to less', png({ pixels: Buffer.alloc(3) }), 'broken'],
  ['16 bits', png({ bits: 16 }), 'of 8 bits'],
  ['an interlaced one', png({ interlaced: 1 }), 'not interlaced'],
  ['one that is cut off', png().slice(0, 60), 'broken'],
  ['colours without a palette', png({ colour: 3, pixels: Buffer.alloc(6) }), 'broken'],
])('%s is refused', (_, base64, why) => {
  expect(() => checkLogo(base64)).toThrow(why);
});
