import { createLocalPacer } from './pacer.ts';

const pace = { perMinute: 600, burst: 3 };

test('as many as the burst at once, then one each interval, and after a pause no more than the burst', async () => {
  let now = 0;
  const { take } = createLocalPacer(() => now);
  const taken = async () => {
    const waits: number[] = [];
    for (let each = 0; each < 4; each += 1) waits.push(await take('key', pace));
    return waits;
  };
  expect(await taken()).toEqual([0, 0, 0, 100]);
  now = 99.5;
  expect(await take('key', pace)).toBe(1);
  now = 100;
  expect(await taken()).toEqual([0, 100, 100, 100]);
  now = 1_000_000;
  expect(await taken()).toEqual([0, 0, 0, 100]);
});

test('turns are taken ahead, each by one, and not too far', async () => {
  const { take, holdOff, heldMs } = createLocalPacer(() => 0);
  const waits: number[] = [];
  for (let each = 0; each < 7; each += 1) waits.push(await take('key', pace, 250));
  expect(waits).toEqual([0, 0, 0, 100, 200, 300, 300]);
  await holdOff('key', 1_000);
  await holdOff('key', 500);
  expect([heldMs('key'), heldMs('other')]).toEqual([1_000, 0]);
  expect([await take('key', pace), await take('key', pace, 2_000)]).toEqual([1_000, 1_000]);
  expect(await take('key', pace)).toBe(1_100);
});
