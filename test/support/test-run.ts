import type { EmbeddedLease } from '../../src/infra/embedded/lease.ts';

/** What the setup of a test run hands to its teardown. */
export const testRun: { lease?: EmbeddedLease; folder?: string } = {};
