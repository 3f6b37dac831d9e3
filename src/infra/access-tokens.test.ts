import { SignJWT } from 'jose';
import { createAccessTokens } from './access-tokens.ts';

const secret = 's'.repeat(32);
const claims = { userId: 'u', organizationId: 'o', sessionId: 's' };
const tokens = createAccessTokens([{ id: 'k1', secret }], 15);
const inAnHour = () => Math.floor(Date.now() / 1000) + 3600;

/** A token that is right but for what is given. */
async function forge({
  header = {},
  payload = {},
  key = secret,
}: {
  header?: Record<string, unknown>;
  payload?: Record<string, unknown>;
  key?: string;
}): Promise<string> {
  const right = { sub: 'u', org: 'o', sid: 's', iss: 'mediagraph', aud: 'mediagraph-api' };
  return new SignJWT({ ...right, exp: inAnHour(), ...payload })
    .setProtectedHeader({ alg: 'HS256', kid: 'k1', ...header })
    .sign(new TextEncoder().encode(key));
}

const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
const refused = { code: 'UNAUTHENTICATED', message: 'The token is not valid.' };

test('a token stands for whom it was made for, until it ends', async () => {
  const { token, expiresAt } = await tokens.issue(claims);
  expect(await tokens.verify(token)).toEqual({ ...claims, expiresAt });
  expect(expiresAt.getTime() - Date.now()).toBeLessThanOrEqual(15 * 60_000);
  await expect(tokens.verify(await forge({}))).resolves.toMatchObject(claims);
});

test('a token with alg none is refused, signed or not', async () => {
  const [, payload] = (await forge({})).split('.');
  for (const alg of ['none', 'None', 'NONE', '']) {
    for (const signature of ['', (await forge({})).split('.')[2]]) {
      const token = `${encode({ alg, kid: 'k1' })}.${payload}.${signature}`;
      await expect(tokens.verify(token)).rejects.toMatchObject(refused);
    }
  }
});

test.each(['HS384', 'HS512'])(
  'a token of the swapped algorithm %s is refused, though its key is ours',
  async (alg) => {
    await expect(
      tokens.verify(await forge({ header: { alg }, key: secret.repeat(2) })),
    ).rejects.toMatchObject(refused);
    const [header, ...rest] = (await forge({ header: { alg }, key: secret.repeat(2) })).split('.');
    expect(header).toBeDefined();
    const relabelled = [encode({ alg: 'HS256', kid: 'k1' }), ...rest].join('.');
    await expect(tokens.verify(relabelled)).rejects.toMatchObject(refused);
  },
);

test.each([
  ['an unknown kid', { header: { kid: 'k2' } }],
  ['no kid', { header: { kid: undefined } }],
  ['a kid that is a path', { header: { kid: '../../dev/null' } }],
  ['another secret', { key: 't'.repeat(32) }],
  ['a wrong audience', { payload: { aud: 'another-api' } }],
  ['no audience', { payload: { aud: undefined } }],
  ['a wrong issuer', { payload: { iss: 'somebody' } }],
  ['no session', { payload: { sid: undefined } }],
  ['no end', { payload: { exp: undefined } }],
  ['a beginning to come', { payload: { nbf: inAnHour() } }],
])('a token with %s is refused', async (_, wrong) => {
  await expect(tokens.verify(await forge(wrong))).rejects.toMatchObject(refused);
});

test('a token that has expired is refused, and says so', async () => {
  const token = await forge({ payload: { exp: Math.floor(Date.now() / 1000) - 1 } });
  const message = 'The token has expired; refresh it, or sign in again.';
  await expect(tokens.verify(token)).rejects.toMatchObject({ code: 'UNAUTHENTICATED', message });
});

test('a token that was altered is refused, also after it was taken', async () => {
  const token = await forge({});
  await tokens.verify(token);
  const [header, , signature] = token.split('.');
  const [, other] = (await forge({ payload: { sid: 'another' } })).split('.');
  for (const altered of [`${header}.${other}.${signature}`, `${token}x`, 'x.y.z', '']) {
    await expect(tokens.verify(altered)).rejects.toMatchObject(refused);
  }
});

test('the first key of the ring signs, every one verifies, one that was taken out does no more', async () => {
  const [old, fresh] = [
    { id: 'k1', secret },
    { id: 'k2', secret: 'f'.repeat(32) },
  ];
  const rotated = createAccessTokens([fresh, old], 15);
  const { token: before } = await tokens.issue(claims);
  const { token: after } = await rotated.issue(claims);
  await expect(rotated.verify(before)).resolves.toMatchObject(claims);
  await expect(rotated.verify(after)).resolves.toMatchObject(claims);
  await expect(tokens.verify(after)).rejects.toMatchObject(refused);
  await expect(createAccessTokens([fresh], 15).verify(before)).rejects.toMatchObject(refused);
});
