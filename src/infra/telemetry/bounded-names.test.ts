import { boundNames, otherName } from './bounded-names.ts';

test('the first names stay, all later ones are one', () => {
  const bound = boundNames(2);
  expect(['Clients', 'Runs', 'Feeds', 'Clients'].map((name) => bound(name, true))).toEqual([
    'Clients',
    'Runs',
    otherName,
    'Clients',
  ]);
});

test('a name that may not be kept takes no place, and counts as itself once another keeps it', () => {
  const bound = boundNames(1);
  expect(bound('Clients', false)).toBe(otherName);
  expect(bound('Runs', true)).toBe('Runs');
  expect(bound('Runs', false)).toBe('Runs');
});

test.each(['', '1st', 'a b', 'a"} 1\n', 'ü', 'x'.repeat(65), '__proto__\0'])(
  'what is no name takes no place: %j',
  (name) => {
    const bound = boundNames(1);
    expect(bound(name, true)).toBe(otherName);
    expect(bound('Clients', true)).toBe('Clients');
  },
);
