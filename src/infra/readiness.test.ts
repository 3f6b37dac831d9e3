import { createReadiness } from './readiness.ts';

const log = { debug() {}, info() {}, warn() {}, error() {} };
const never = () => new Promise(() => {});
const well = async () => undefined;

test('names the components that fail or do not answer in time', async () => {
  const checks = { well, broken: () => Promise.reject(new Error('down')), silent: never };
  const readiness = createReadiness({ checks, deadlineMs: 20, log });
  expect(await readiness.failing()).toEqual(['broken', 'silent']);
});

test('however many ask at once, each check runs once; who asks later learns anew', async () => {
  let asked = 0;
  const { promise, resolve } = Promise.withResolvers<void>();
  const counted = () => {
    asked += 1;
    return promise;
  };
  const readiness = createReadiness({ checks: { counted }, deadlineMs: 5_000, log });
  const answers = [readiness.failing(), readiness.failing(), readiness.failing()];
  resolve();
  expect(await Promise.all(answers)).toEqual([[], [], []]);
  expect(asked).toBe(1);
  await readiness.failing();
  expect(asked).toBe(2);
});

test('a process that is stopping is unready, also for those who asked just before', async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const readiness = createReadiness({ checks: { slow: () => promise }, deadlineMs: 5_000, log });
  const asked = readiness.failing();
  readiness.shutDown();
  expect(await readiness.failing()).toEqual(['shutdown']);
  resolve();
  expect(await asked).toEqual(['shutdown']);
});
