import { addressOf, generateSecret, stepOf } from './totp.ts';

/** The secret of RFC 6238's vectors, "12345678901234567890", in base32. */
const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';

// Appendix B of RFC 6238 has eight digits; six are the last ones of them.
test.each([
  [59, '287082', 1],
  [1_111_111_109, '081804', 37_037_036],
  [1_111_111_111, '050471', 37_037_037],
  [1_234_567_890, '005924', 41_152_263],
  [2_000_000_000, '279037', 66_666_666],
  [20_000_000_000, '353130', 666_666_666],
])('at second %i the code is %s', (seconds, code, step) => {
  expect(stepOf(secret, code, seconds * 1000)).toBe(step);
});

test('a code is taken one step early or late, and no further', () => {
  const steps = [-2, -1, 0, 1, 2].map((late) => stepOf(secret, '287082', (59 + late * 30) * 1000));
  expect(steps).toEqual([null, 1, 1, 1, null]);
});

test.each(['', '28708', '2870820', '28708a', ' 287082', '２８７０８２'])(
  '"%s" is no code',
  (code) => {
    expect(stepOf(secret, code, 59_000)).toBeNull();
  },
);

test('a secret has 160 bits, and its address says what apps need to know', () => {
  const made = generateSecret();
  expect(made).toMatch(/^[A-Z2-7]{32}$/);
  expect(generateSecret()).not.toBe(made);
  const address = new URL(addressOf(made, 'a@b.example'));
  expect(`${address.protocol}//${address.host}`).toBe('otpauth://totp');
  expect(Object.fromEntries(address.searchParams)).toEqual({
    issuer: 'Mediagraph',
    secret: made,
    algorithm: 'SHA1',
    digits: '6',
    period: '30',
  });
});
