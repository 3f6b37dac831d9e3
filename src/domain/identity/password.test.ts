import { checkPassword, hashPassword, verifyPassword } from './password.ts';

const password = 'correct horse battery';

test('a password is verified by its hash, and no other is', async () => {
  const stored = await hashPassword(password);
  expect(await verifyPassword(password, stored)).toBe(true);
  for (const other of ['', 'correct horse batterz', `${password} `, password.toUpperCase()]) {
    expect(await verifyPassword(other, stored)).toBe(false);
  }
});

test('the same password is stored differently each time, never as it is', async () => {
  const [one, other] = await Promise.all([hashPassword(password), hashPassword(password)]);
  expect(one).not.toBe(other);
  expect(await verifyPassword(password, other)).toBe(true);
  // The costs that OWASP recommends; 16 bytes of salt and 32 of hash in base64url.
  expect(one).toMatch(/^argon2id\$19456\$2\$1\$[\w-]{22}\$[\w-]{43}$/);
});

test('a hash is verified at the cost it was made with, should that be raised one day', async () => {
  // A vector of the reference implementation (phc-winner-argon2, src/test.c): 256 KiB, 2 passes.
  const hash = Buffer.from(
    '9dfeb910e80bad0311fee20f9c0e2b12c17987b4cac90c2ef54d5b3021c68bfe',
    'hex',
  ).toString('base64url');
  const stored = `argon2id$256$2$1$${Buffer.from('somesalt').toString('base64url')}$${hash}`;
  expect(await verifyPassword('password', stored)).toBe(true);
  expect(await verifyPassword('passwort', stored)).toBe(false);
});

test('a hash of another kind verifies nothing', async () => {
  const stored = await hashPassword(password);
  expect(await verifyPassword(password, stored.replace('argon2id', 'argon2i'))).toBe(false);
  expect(await verifyPassword(password, password)).toBe(false);
  expect(await verifyPassword('', '')).toBe(false);
});

test('a text too long to be a password is refused, even where it was hashed', async () => {
  const [longest, tooLong] = ['x'.repeat(256), 'x'.repeat(257)];
  expect(await verifyPassword(longest, await hashPassword(longest))).toBe(true);
  expect(await verifyPassword(tooLong, await hashPassword(tooLong))).toBe(false);
});

test.each([
  [12, 'gz7!Rkq wm2x'],
  [256, 'seven wooden ducklings '.repeat(12).slice(0, 256)],
])('a password may have %i characters', async (length, text) => {
  expect(text).toHaveLength(length);
  await checkPassword(text);
});

test.each([0, 11, 257])('a password may not have %i characters', async (length) => {
  const text = 'gz7!Rkq wm2'.repeat(24).slice(0, length);
  await expect(checkPassword(text)).rejects.toMatchObject({
    code: 'BAD_USER_INPUT',
    fields: ['password'],
  });
});

test.each([
  ['on lists of breached passwords', 'passwordpassword'],
  ['a variation of one', 'P@ssword1234'],
  ['a row of keys', 'qwertyuiop123'],
  ['one character over and over', 'xxxxxxxxxxxxxxx'],
  ["its owner's email", 'jane.grey@agency.example'],
])('a password may not be %s', async (_, text) => {
  await expect(
    checkPassword(text, ['jane.grey@agency.example', 'Jane Grey']),
  ).rejects.toMatchObject({
    code: 'BAD_USER_INPUT',
    fields: ['password'],
  });
});
