import { setImmediate } from 'node:timers/promises';
import type { JobRun } from '../domain/job/job-run.entity.ts';
import type { Announcer, Notice } from './announcer.ts';
import { watchJobRun } from './watch-job-run.ts';

const never = 2 ** 30;
const atOnce = 1;

/** A run that can be changed, read and heard of, within this process. */
function createRun(rereadMs = never) {
  const listeners = new Set<(notice: Notice) => void>();
  let run: JobRun | null = state(1);
  let reads = 0;
  const announcer: Announcer = {
    async announce(notice) {
      for (const listener of listeners) listener(notice);
    },
    listen(onNotice) {
      listeners.add(onNotice);
      return () => listeners.delete(onNotice);
    },
    async close() {},
  };
  return {
    listeners,
    reads: () => reads,
    /** Change the run without a word. */
    become: (next: JobRun | null) => {
      run = next;
    },
    announce: (jobRunId = 'run') => announcer.announce({ jobRunId, sequence: 0, isWish: false }),
    /** `afterRead` is called when a state was read and not yet handed on. */
    watch: (afterRead: () => void = () => {}) =>
      watchJobRun('run', {
        announcer,
        rereadMs,
        read: async () => {
          // What reads on and on gives no other test a turn, nor the clock.
          if (++reads > 100) throw new Error('read without end');
          const seen = run;
          afterRead();
          return seen;
        },
      }),
  };
}

function state(sequence: number, status: JobRun['status'] = 'RUNNING'): JobRun {
  return { id: 'run', sequence, status } as JobRun;
}

test('the state as it is comes first, and a notice brings the next', async () => {
  const run = createRun();
  const states = run.watch();
  expect((await states.next()).value).toEqual(state(1));
  const next = states.next();
  run.become(state(2));
  await run.announce();
  expect((await next).value).toEqual(state(2));
  void states.next();
  await setImmediate();
  expect(run.reads()).toBe(2);
  await states.return(undefined);
});

test('a notice between the first read and its answer is not lost', async () => {
  const run = createRun();
  const states = run.watch(() => {
    if (run.reads() > 1) return;
    run.become(state(2));
    void run.announce();
  });
  expect((await states.next()).value).toEqual(state(1));
  expect((await states.next()).value).toEqual(state(2));
});

test('a slow watcher gets the latest state, not every one', async () => {
  const run = createRun();
  const states = run.watch();
  await states.next();
  for (const sequence of [2, 3, 4]) {
    run.become(state(sequence));
    await run.announce();
  }
  expect((await states.next()).value).toEqual(state(4));
});

test('a state that is older or the same is passed over', async () => {
  const run = createRun(atOnce);
  const answers = [state(5), state(3), state(5), state(6), state(4), state(7, 'SUCCEEDED')];
  const states = run.watch(() => run.become(answers[run.reads()] ?? null));
  run.become(state(5));
  const sequences: number[] = [];
  for await (const { sequence } of states) sequences.push(sequence);
  expect(sequences).toEqual([5, 6, 7]);
});

test('a change whose notice was lost is found by reading again', async () => {
  const run = createRun(atOnce);
  const states = run.watch();
  await states.next();
  const next = states.next();
  run.become(state(2));
  expect((await next).value).toEqual(state(2));
});

test('notices of other runs are not read for', async () => {
  const run = createRun();
  const states = run.watch();
  await states.next();
  const next = states.next();
  run.become(state(2));
  await run.announce('another');
  await setImmediate();
  expect(run.reads()).toBe(1);
  await run.announce();
  expect((await next).value).toEqual(state(2));
});

test.each(['SUCCEEDED', 'FAILED', 'CANCELLED'] as const)(
  'a run that is %s is delivered as such, and is the last state',
  async (status) => {
    const run = createRun();
    const states = run.watch();
    await states.next();
    run.become(state(2, status));
    await run.announce();
    const late = run.watch();
    for (const each of [states, late]) {
      expect(await each.next()).toEqual({ done: false, value: state(2, status) });
      expect(await each.next()).toEqual({ done: true, value: undefined });
    }
  },
);

test.each([
  ['its end', state(2, 'SUCCEEDED')],
  ['its disappearance', null],
])('the listening stops with the run at %s, which nobody need return from', async (_, last) => {
  const run = createRun();
  const states = run.watch();
  await states.next();
  expect(run.listeners.size).toBe(1);
  run.become(last);
  await run.announce();
  await states.next().catch(() => undefined);
  await states.next();
  expect(run.listeners.size).toBe(0);
});

test('ending the iteration ends the wait and the listening at once', async () => {
  const run = createRun();
  const states = run.watch();
  await states.next();
  const waiting = states.next();
  await setImmediate();
  const ended = states.return(undefined);
  expect(run.listeners.size).toBe(0);
  expect(await ended).toEqual({ done: true, value: undefined });
  expect(await waiting).toEqual({ done: true, value: undefined });
  expect(run.reads()).toBe(1);
});

test('leaving the loop stops the listening', async () => {
  const run = createRun();
  for await (const _state of run.watch()) {
    expect(run.listeners.size).toBe(1);
    break;
  }
  expect(run.listeners.size).toBe(0);
});

test('a run that is not there, or no longer to be seen, is NOT_FOUND', async () => {
  const run = createRun();
  const states = run.watch();
  await states.next();
  run.become(null);
  await run.announce();
  await expect(states.next()).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await expect(run.watch().next()).rejects.toMatchObject({ code: 'NOT_FOUND' });
});
