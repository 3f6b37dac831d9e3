import { judge, judgeFailures, worstOf } from './component.ts';

test.each([
  [800, 'OK'],
  [1000, 'OK'],
  [1000.1, 'DEGRADED'],
] as const)('%d ms of 1,000 are %s', (value, status) => {
  const finding = judge(value, 'MILLISECONDS', { limit: 1000 });
  expect(finding).toEqual({ status, value, limit: 1000, unit: 'MILLISECONDS' });
});

test.each([
  [0.8, 'OK'],
  [0.81, 'DEGRADED'],
  [0.9, 'DEGRADED'],
  [0.91, 'FAILING'],
] as const)('a share of %d is %s between limits of 0.8 and 0.9', (value, status) => {
  expect(judge(value, 'SHARE', { limit: 0.8, failingAbove: 0.9 }).status).toBe(status);
});

test('without a limit every value is OK', () => {
  expect(judge(1e9, 'MILLISECONDS', { limit: null })).toMatchObject({ status: 'OK', limit: null });
});

test.each([
  [0, 0, 'UNKNOWN', undefined],
  [0, 7, 'OK', 0],
  [1, 10, 'OK', 0.1],
  [2, 10, 'DEGRADED', 0.2],
  [5, 10, 'DEGRADED', 0.5],
  [6, 10, 'FAILING', 0.6],
] as const)('%d failures of %d are %s', (failed, ended, status, value) => {
  const finding = judgeFailures(failed, ended);
  expect(finding.status).toBe(status);
  expect(finding.value).toBe(value);
});

test.each([
  [['OK', 'DEGRADED', 'FAILING', 'UNKNOWN'], 'FAILING'],
  [['OK', 'DEGRADED', 'UNKNOWN'], 'DEGRADED'],
  [['UNKNOWN', 'OK'], 'OK'],
  [['UNKNOWN'], 'UNKNOWN'],
] as const)('the worst of %j is %s', (statuses, worst) => {
  expect(worstOf(statuses.map((status) => ({ status })))).toBe(worst);
});
