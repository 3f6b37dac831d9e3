import fc from 'fast-check';
import { createFieldCipher } from './crypto.ts';

const keyOf = (byte: number) => Buffer.alloc(32, byte).toString('base64');
const oldRing = `old:${keyOf(1)}`;
const newRing = `new:${keyOf(2)},${oldRing}`;
const indexKey = 'i'.repeat(32);
const cipher = createFieldCipher(oldRing, indexKey);
const anyText = fc.string({ unit: 'binary' });

test('what is encrypted is decrypted to the same text', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      expect(cipher.decrypt(cipher.encrypt(text))).toBe(text);
    }),
  );
});

test('the same text is encrypted differently each time, under the id of its key', () => {
  const [one, other] = [cipher.encrypt('secret'), cipher.encrypt('secret')];
  expect(one).not.toBe(other);
  // 12 bytes of nonce, 16 of tag and 6 of text in base64url.
  expect(one).toMatch(/^old\.[\w-]{16}\.[\w-]{22}\.[\w-]{8}$/);
});

test('after a rotation the new key encrypts and the old one still decrypts', () => {
  const rotated = createFieldCipher(newRing, indexKey);
  const fresh = rotated.encrypt('secret');
  expect(fresh).toMatch(/^new\./);
  expect(rotated.decrypt(fresh)).toBe('secret');
  expect(rotated.decrypt(cipher.encrypt('secret'))).toBe('secret');
  expect(() => cipher.decrypt(fresh)).toThrow('No encryption key with the id "new"');
});

test('a value under the id of another key is not decrypted', () => {
  const moved = cipher.encrypt('secret').replace(/^old/, 'new');
  expect(() => createFieldCipher(newRing, indexKey).decrypt(moved)).toThrow();
});

test('one bit changed in the nonce, the tag or the text is detected', () => {
  const anyPlace = fc.record({ part: fc.constantFrom(1, 2, 3), at: fc.nat(), bit: fc.nat(7) });
  fc.assert(
    fc.property(anyText, anyPlace, (text, { part, at, bit }) => {
      const parts = cipher.encrypt(text).split('.');
      const bytes = Buffer.from(parts[part] ?? '', 'base64url');
      fc.pre(bytes.length > 0);
      bytes[at % bytes.length] = (bytes[at % bytes.length] ?? 0) ^ (1 << bit);
      parts[part] = bytes.toString('base64url');
      expect(() => cipher.decrypt(parts.join('.'))).toThrow();
    }),
  );
});

test('a tag that is cut short is refused', () => {
  const [id, nonce, tag = '', body] = cipher.encrypt('secret').split('.');
  const short = Buffer.from(tag, 'base64url').subarray(0, 4).toString('base64url');
  expect(() => cipher.decrypt([id, nonce, short, body].join('.'))).toThrow();
});

test.each(['', 'secret', 'old', 'old.a.b'])('%j is not an encrypted value', (text) => {
  expect(() => cipher.decrypt(text)).toThrow('Not an encrypted value');
});

test('equal texts have one blind index, and different ones each their own', () => {
  fc.assert(
    fc.property(anyText, anyText, (one, other) => {
      expect(cipher.blindIndex(one) === cipher.blindIndex(other)).toBe(one === other);
      expect(cipher.blindIndex(one)).toBe(cipher.blindIndex(one));
    }),
  );
});

test('a blind index is keyed by its own key, and outlives a rotation of the others', () => {
  // HMAC-SHA-256, checked with openssl dgst -sha256 -hmac.
  expect(cipher.blindIndex('a@example.com')).toBe('zJXN9cYMKflbyodRWZZLHApc-mFH3Agw1pTMKlxJjww');
  expect(createFieldCipher(newRing, indexKey).blindIndex('a')).toBe(cipher.blindIndex('a'));
  const others = createFieldCipher(oldRing, 'j'.repeat(32));
  expect(others.blindIndex('a')).not.toBe(cipher.blindIndex('a'));
});
