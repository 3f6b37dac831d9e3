import type { IngestionRun } from './ingestion-run.entity.ts';
import { runStatus } from './run-status.ts';

test.each([
  ['QUEUED', null, 'QUEUED'],
  ['RUNNING', null, 'RUNNING'],
  // An attempt that is repeated after its outcome was written is not over.
  ['RUNNING', 'SUCCEEDED', 'RUNNING'],
  ['CANCELLED', null, 'CANCELLED'],
  ['CANCELLED', 'PARTIAL', 'CANCELLED'],
  ['FAILED', null, 'FAILED'],
  ['FAILED', 'SUCCEEDED', 'FAILED'],
  ['SUCCEEDED', null, 'SUCCEEDED'],
  ['SUCCEEDED', 'SUCCEEDED', 'SUCCEEDED'],
  ['SUCCEEDED', 'PARTIAL', 'PARTIAL'],
  ['SUCCEEDED', 'HELD', 'HELD'],
  ['SUCCEEDED', 'MISSING', 'MISSING'],
  ['SUCCEEDED', 'FAILED', 'FAILED'],
] as const)('a run whose job is %s and whose outcome is %s is %s', (status, outcome, expected) => {
  expect(runStatus({ outcome } as IngestionRun, { status })).toBe(expected);
});
