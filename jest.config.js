/** @type {import('jest').Config} */
export default {
  roots: ['<rootDir>/src', '<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  // What runs is compiled, all of it: nothing is left to transform.
  transform: {},
  runtime: '<rootDir>/dist/test/support/native-runtime.js',
  testEnvironment: '<rootDir>/dist/test/support/native-environment.js',
  globalSetup: '<rootDir>/dist/test/support/global-setup.js',
  globalTeardown: '<rootDir>/dist/test/support/global-teardown.js',
  testSequencer: '<rootDir>/dist/test/support/longest-first.js',
  testTimeout: 120_000,
  maxWorkers: 2,
  // At its end a process keeps what it compiled, for the next that starts.
  workerGracefulExitTimeout: 10_000,
};
