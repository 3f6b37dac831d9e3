import { requestedRange } from './requested-range.ts';

const range = { from: '2026-11-01', to: '2026-11-21' };

test.each([
  ['a date', { date: '2026-11-21' }, { from: '2026-11-21', to: '2026-11-21' }],
  ['a range', { range }, range],
  ['a range and no date', { date: null, range }, range],
  [
    'a date and no range',
    { date: '2026-11-21', range: null },
    { from: '2026-11-21', to: '2026-11-21' },
  ],
  ['neither', {}, null],
  ['two nulls', { date: null, range: null }, null],
])('%s asks for the days it names', (_, input, expected) => {
  expect(requestedRange(input)).toEqual(expected);
});

test('a date and a range together are refused', () => {
  expect(() => requestedRange({ date: '2026-11-21', range })).toThrow(
    expect.objectContaining({ code: 'BAD_USER_INPUT', fields: ['date', 'range'] }),
  );
});
