import { giveTurns } from './give-turns.ts';

const patient = { turnMs: 60_000 };
const busy = expect.objectContaining({ code: 'RATE_LIMITED' });

test('one caller has so many at once, and its next waits for its turn', async () => {
  const enter = giveTurns({ perCaller: 2, inAll: 10, ...patient });
  const [leave, leaveToo] = [await enter('a'), await enter('a')];
  const entered: string[] = [];
  const waiting = ['first', 'second'].map((name) => enter('a').then(() => entered.push(name)));
  await enter('b');
  expect(entered).toEqual([]);
  leave();
  await waiting[0];
  expect(entered).toEqual(['first']);
  leaveToo();
  await waiting[1];
  expect(entered).toEqual(['first', 'second']);
});

test('all callers together have so many; whoever is below its own share goes first', async () => {
  const enter = giveTurns({ perCaller: 1, inAll: 2, ...patient });
  const leaveA = await enter('a');
  const leaveB = await enter('b');
  const entered: string[] = [];
  const waitFor = async (name: string) => {
    const leave = await enter(name);
    entered.push(name);
    return leave;
  };
  const [againA, c] = [waitFor('a'), waitFor('c')];
  leaveB();
  const leaveC = await c;
  expect(entered).toEqual(['c']);
  leaveC();
  leaveA();
  await againA;
  expect(entered).toEqual(['c', 'a']);
});

test('a turn that does not come in time is told so, and takes no place', async () => {
  const enter = giveTurns({ perCaller: 1, inAll: 1, turnMs: 1 });
  const leave = await enter('a');
  await expect(enter('a')).rejects.toEqual(busy);
  await expect(enter('b')).rejects.toEqual(busy);
  leave();
  await enter('b');
});

test('a place that gets free is for whoever has the fewest, whoever came first', async () => {
  const enter = giveTurns({ perCaller: 2, inAll: 3, ...patient });
  await enter('a');
  const leaves = [await enter('b'), await enter('b')];
  const entered: string[] = [];
  const waitFor = async (name: string) => {
    const leave = await enter(name);
    entered.push(name);
    return leave;
  };
  const [b, a, c] = [waitFor('b'), waitFor('a'), waitFor('c')];
  leaves[0]?.();
  const leaveC = await c;
  leaves[0]?.();
  expect(entered).toEqual(['c']);
  leaves[1]?.();
  await b;
  expect(entered).toEqual(['c', 'b']);
  leaveC();
  await a;
  expect(entered).toEqual(['c', 'b', 'a']);
});
