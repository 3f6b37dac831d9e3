import { rm } from 'node:fs/promises';
import { testRun } from './test-run.ts';

export default async function globalTeardown(): Promise<void> {
  testRun.lease?.release();
  if (testRun.folder) await rm(testRun.folder, { recursive: true, force: true, maxRetries: 20 });
}
