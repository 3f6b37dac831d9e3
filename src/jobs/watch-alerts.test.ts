import type { Alert } from '../domain/alert/alert.entity.ts';
import type { Notice } from './announcer.ts';
import { watchAlerts } from './watch-alerts.ts';

const open = { severity: 'WARNING', message: 'Late', resolvedAt: null } as Partial<Alert>;

/** Alerts that can be changed, watched and heard of, within this process. */
function createAlerts() {
  const listeners = new Set<(notice: Notice) => void>();
  const alerts = new Map<string, Alert>();
  let isAllowed = true;
  return {
    listeners,
    set: (id: string, more: Partial<Alert> = {}) =>
      alerts.set(id, { ...open, ...alerts.get(id), ...more, id } as Alert),
    forbid: () => {
      isAllowed = false;
    },
    announce(notice: Notice = { alertsOf: 'agency' }) {
      for (const listener of listeners) listener(notice);
    },
    watch: (rereadMs = 2 ** 30) =>
      watchAlerts({
        organizationId: 'agency',
        rereadMs,
        announcer: {
          listen(onNotice) {
            listeners.add(onNotice);
            return () => listeners.delete(onNotice);
          },
        },
        read: async (ids) => {
          if (!isAllowed) throw new Error('no more');
          return [...alerts.values()].filter(
            ({ id, resolvedAt }) => resolvedAt === null || ids.includes(id),
          );
        },
      }),
  };
}

const idsOf = ({ value }: IteratorResult<Alert[]>) => (value as Alert[]).map(({ id }) => id);

test('the open ones come first, none as well, then what changed, once each', async () => {
  const alerts = createAlerts();
  alerts.set('ended', { resolvedAt: new Date() });
  const watching = alerts.watch();
  expect(idsOf(await watching.next())).toEqual([]);

  alerts.set('a');
  alerts.set('b');
  alerts.announce();
  expect(idsOf(await watching.next())).toEqual(['a', 'b']);
  alerts.set('a', { count: 2, lastSeenAt: new Date() });
  alerts.set('b', { acknowledgedAt: new Date(), note: 'Seen' });
  alerts.announce();
  expect(idsOf(await watching.next())).toEqual(['b']);
  alerts.set('a', { resolvedAt: new Date() });
  alerts.announce();
  expect((await watching.next()).value).toMatchObject([{ id: 'a', resolvedAt: expect.any(Date) }]);
  alerts.set('b', { snoozedUntil: new Date() });
  alerts.announce();
  expect(idsOf(await watching.next())).toEqual(['b']);
  await watching.return(undefined);
  expect(alerts.listeners.size).toBe(0);
});

test('what was announced while nobody asked is one look, and a lost notice is made up for', async () => {
  const alerts = createAlerts();
  const watching = alerts.watch(1);
  await watching.next();
  alerts.announce({ alertsOf: 'others' });
  alerts.set('a');
  expect(idsOf(await watching.next())).toEqual(['a']);
  alerts.set('a', { note: 'First' });
  alerts.announce();
  alerts.set('a', { note: 'Second' });
  alerts.announce();
  expect((await watching.next()).value).toMatchObject([{ note: 'Second' }]);
  await watching.return(undefined);
});

test('who may not see them any more is told no more', async () => {
  const alerts = createAlerts();
  const watching = alerts.watch();
  await watching.next();
  alerts.forbid();
  alerts.announce();
  await expect(watching.next()).rejects.toThrow('no more');
  expect(alerts.listeners.size).toBe(0);
});
