import fc from 'fast-check';
import { fromGlobalId, parseGlobalId, toGlobalId } from './global-id.ts';

const id = '5b0c4a0e-6f0e-4b57-9a51-3f6f0a1f6f11';
const encode = (text: string) => Buffer.from(text).toString('base64url');

test('a global id gives its type and id back, and is fit for a URL', () => {
  fc.assert(
    fc.property(fc.constantFrom('Client', 'Feed', 'JobRun'), fc.uuid(), (type, uuid) => {
      const globalId = toGlobalId(type, uuid);
      expect(parseGlobalId(globalId)).toEqual({ type, id: uuid });
      expect(fromGlobalId(type, globalId)).toBe(uuid);
      expect(globalId).toMatch(/^[\w-]+$/);
    }),
  );
});

test.each([
  ['nothing', ''],
  ['an id without its type', id],
  ['an id that is no uuid', encode('Client:7')],
  ['an id in upper case', encode(`Client:${id.toUpperCase()}`)],
  ['no id', encode('Client')],
  ['a type that is none', encode(`Cli\u20acnt:${id}`)],
  ['something after the id', encode(`Client:${id}:x`)],
  ['something beside the letters of base64url', `${toGlobalId('Client', id)}=`],
  ['a space before it', ` ${toGlobalId('Client', id)}`],
])('%s is no global id', (_, globalId) => {
  expect(parseGlobalId(globalId)).toBeUndefined();
  expect(() => fromGlobalId('Client', globalId)).toThrow(
    expect.objectContaining({ code: 'BAD_USER_INPUT' }),
  );
});

test('the id of another type is refused', () => {
  const globalId = toGlobalId('Feed', id);
  expect(() => fromGlobalId('Client', globalId)).toThrow(
    expect.objectContaining({
      code: 'BAD_USER_INPUT',
      message: `"${globalId}" is no id of the type Client.`,
    }),
  );
});

test('of a long text only the beginning is repeated', () => {
  expect(() => fromGlobalId('Client', 'x'.repeat(10_000))).toThrow(
    `"${'x'.repeat(80)}" is no id of the type Client.`,
  );
});
