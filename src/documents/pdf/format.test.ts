import { breakable, formatChange, formatDays, formatValue } from './format.ts';

const money = { unit: 'CURRENCY', type: 'DECIMAL', currency: 'EUR' } as const;
const count = { unit: 'COUNT', type: 'INTEGER', currency: null } as const;

test('values are rounded once, exactly, and written as the language does', () => {
  expect(formatValue('123456789012345678.125', money, 'en-US')).toBe('€123,456,789,012,345,678.13');
  expect(formatValue('-1234.5', money, 'de-DE')).toBe('-1.234,50\u00a0€');
  expect(formatValue('9007199254740993', count, 'fr-FR')).toBe(
    '9\u00a0007\u00a0199\u00a0254\u00a0740\u00a0993',
  );
  const rate = { unit: 'FRACTION', type: 'FLOAT', currency: null } as const;
  expect(formatValue('0.0123456', rate, 'en-US')).toBe('1.235%');
  expect(formatValue('4.2', { ...rate, unit: 'MULTIPLE' }, 'en-US')).toBe('4.200x');
  const mean = { ...count, type: 'FLOAT' } as const;
  expect(['2', '-0.001'].map((each) => formatValue(each, mean, 'en-US'))).toEqual(['2.00', '0.00']);
  expect(formatValue(null, rate, 'en-US')).toBe('–');
  expect(formatChange('-0.125', 'en-US')).toBe('-12.5%');
  expect(formatDays({ from: '2024-02-29', to: '2024-02-29' }, 'en-GB')).toBe('29 Feb 2024');
});

test('names may break behind what joins their parts, and amid what has none', () => {
  expect(breakable('client_brand/2026 q1')).toBe('client_\u200bbrand/\u200b2026 q1');
  expect(
    breakable('x'.repeat(50))
      .split('\u200b')
      .map(({ length }) => length),
  ).toEqual([20, 20, 10]);
});
