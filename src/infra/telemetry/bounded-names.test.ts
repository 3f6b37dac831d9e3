import { boundNames, otherName } from './bounded-names.ts';

test('the first names stay, all later ones are one', () => {
  const bound = boundNames(2);
  expect(['Clients', 'Runs', 'Feeds', 'Clients'].map(bound)).toEqual([
    'Clients',
    'Runs',
    otherName,
    'Clients',
  ]);
});

test.each(['', '1st', 'a b', 'a"} 1\n', 'ü', 'x'.repeat(65), '__proto__\0'])(
  'what is no name takes no place: %j',
  (name) => {
    const bound = boundNames(1);
    expect(bound(name)).toBe(otherName);
    expect(bound('Clients')).toBe('Clients');
  },
);
