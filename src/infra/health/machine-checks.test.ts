import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { diskInUse, machineChecks } from './machine-checks.ts';

test('a disk is as full as its users find it: what only root may fill is not theirs', () => {
  // Of 1,000 blocks 300 are free, 50 of them for root: 700 of the 950 that there are for others.
  expect(diskInUse({ blocks: 1000, bfree: 300, bavail: 250 })).toBeCloseTo(700 / 950);
  expect(diskInUse({ blocks: 0, bfree: 0, bavail: 0 })).toBe(0);
});

test('this machine is measured; a folder that is not there is no component', async () => {
  const measure = async (dataDir: string) => {
    const { signal } = new AbortController();
    const found = await Promise.all(machineChecks(dataDir).map((each) => each.measure(signal)));
    return found.flat().map(({ value, unit }) => ({ isShare: value && value <= 1, unit }));
  };
  const share = { isShare: true, unit: 'SHARE' };
  expect(await measure(tmpdir())).toEqual([share, share, share]);
  expect(await measure(join(tmpdir(), 'nowhere', 'at-all'))).toEqual([share, share]);
});
