import { checkFileName } from './file-name.ts';

test.each(['export.csv', ' Bericht – März.xlsx ', '..csv', 'a'.repeat(255)])(
  '%j is a name',
  (name) => {
    expect(checkFileName(name)).toBe(name.trim().normalize('NFC'));
  },
);

test.each([
  ...['', '  ', '.', '..', '../a.csv', '/etc/passwd', 'a\\b.csv', 'a\0.csv', 'a\n.csv'],
  ...['\u202ecsv.exe', 'a'.repeat(256)],
])('%j is refused', (name) => {
  expect(() => checkFileName(name)).toThrow(/no folders or control characters/);
});
