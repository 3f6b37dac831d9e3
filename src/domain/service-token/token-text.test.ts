import { generateToken, hashToken, isServiceToken } from './token-text.ts';

/** Its checksum and hash were worked out by another program (Python's zlib and hashlib). */
const known = 'mg_svc_000000000000000000000000000000000Mediagraph2w1hFN';

test('a token can be told by its form, and needs no escaping anywhere', () => {
  const { token, prefix } = generateToken();
  expect(token).toMatch(/^mg_svc_[0-9A-Za-z]{49}$/);
  expect(token.startsWith(prefix)).toBe(true);
  expect(prefix).toHaveLength('mg_svc_'.length + 6);
  expect(isServiceToken(token)).toBe(true);
  expect(isServiceToken('eyJhbGciOiJIUzI1NiJ9.e30.x')).toBe(false);
});

test('no two tokens are the same, and their hashes do not tell them', () => {
  const tokens = Array.from({ length: 1000 }, () => generateToken().token);
  const hashes = tokens.map((token) => hashToken(token));
  expect(new Set(tokens).size).toBe(1000);
  expect(new Set(hashes).size).toBe(1000);
  for (const hash of hashes) expect(hash).toMatch(/^[\w-]{43}$/);
});

test('the hash is the SHA-256 of the token', () => {
  expect(hashToken(known)).toBe('bDwQrSAtG0I-V9VXRAI2gJno-nmEEa94weqUH5BgpQk');
});

test('a token that is mistyped, cut off or added to is none', () => {
  const mistyped = Array.from(known, (character, index) => {
    const other = character === 'x' ? 'y' : 'x';
    return known.slice(0, index) + other + known.slice(index + 1);
  });
  const swapped = known.replace('iagr', 'igar');
  const others = [
    swapped,
    known.slice(0, -1),
    `${known}0`,
    ` ${known}`,
    `${known}\n`,
    'mg_svc_',
    '',
  ];
  for (const wrong of [...mistyped, ...others]) {
    expect([wrong, hashToken(wrong)]).toEqual([wrong, undefined]);
  }
});
