import type { HealthCheck } from '../../domain/health/component.ts';
import { createLogger } from '../logger.ts';
import { createHealthMonitor } from './health-monitor.ts';

const log = createLogger('test', 'silent');
const check = (
  name: HealthCheck['name'],
  measure: HealthCheck['measure'],
  unanswered: HealthCheck['unanswered'] = 'UNKNOWN',
): HealthCheck => ({ name, unanswered, measure });

test('one check that fails, and one that never ends, are told as that beside the others', async () => {
  let isGivenUp = false;
  const monitor = createHealthMonitor(
    [
      check('DATABASE', () => Promise.reject(new Error('password at 10.0.0.1')), 'FAILING'),
      check('STORAGE', (signal) => {
        signal.addEventListener('abort', () => {
          isGivenUp = true;
        });
        return new Promise(() => undefined);
      }),
    ],
    log,
  );
  const source = 'SURFSIDE';
  const components = await monitor.check([
    check('STUCK_JOBS', async () => ({ status: 'OK', value: 0 })),
    check('PLATFORM', async () => [{ status: 'UNKNOWN', source }]),
    check('FEEDS', async () => []),
  ]);
  expect(components).toMatchObject([
    { name: 'DATABASE', status: 'FAILING', message: 'It does not answer as it should.' },
    { name: 'STORAGE', status: 'UNKNOWN', message: 'It could not be looked at.' },
    { name: 'STUCK_JOBS', status: 'OK', value: 0, limit: null },
    { name: 'PLATFORM', status: 'UNKNOWN', source },
  ]);
  expect(isGivenUp).toBe(true);
});

test("the installation's checks run once for all who ask at about the same time, others for each", async () => {
  const counts = { installation: 0, own: 0 };
  const counting = (kind: keyof typeof counts) => async () => {
    counts[kind]++;
    return { status: 'OK' } as const;
  };
  const monitor = createHealthMonitor([check('QUEUE', counting('installation'))], log);
  const ask = () => monitor.check([check('FEEDS', counting('own'))]);
  await Promise.all([ask(), ask()]);
  await ask();
  expect(counts).toEqual({ installation: 1, own: 3 });
});
