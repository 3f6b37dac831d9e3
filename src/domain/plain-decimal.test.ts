import { plainDecimal } from './plain-decimal.ts';

test.each([
  ['1.500000000', '1.5'],
  ['100.000000000', '100'],
  ['100', '100'],
  ['0.000000001', '0.000000001'],
  [null, null],
])('%s reads %s', (padded, plain) => {
  expect(plainDecimal(padded)).toBe(plain);
});
