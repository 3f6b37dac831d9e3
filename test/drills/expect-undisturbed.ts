import type { Api } from '../../client/api.ts';
import type { JobState } from '../../demo/progress.ts';
import type { Drill, DrilledRun } from '../support/drill.ts';

/** The runs left what an undisturbed one does, each day was written once, and nothing is left over. */
export async function expectUndisturbed(drill: Drill, runs: DrilledRun[], api?: Api) {
  const { undisturbed, counted } = drill;
  expect({ rows: undisturbed.rows, impressions: undisturbed.total.impressions }).toEqual(counted);
  for (const run of runs) expect(await drill.outcome(run, api)).toEqual(undisturbed);
  expect(await drill.leftOver()).toEqual([{ scratch: 0, unfinished: 0 }]);
}

/** Whoever watched saw it only go on: from stage to stage, and within each. */
export function expectForward(seen: Pick<JobState, 'stage' | 'done'>[]) {
  const steps = seen.map(({ stage, done }) => [
    ['REPORT', 'LOAD'].indexOf(stage ?? ''),
    Number(done ?? 0),
  ]);
  const goesOn = steps.map(([stage = 0, done = 0]) => stage * 1e9 + done);
  expect(goesOn).toEqual(goesOn.toSorted((one, other) => one - other));
}
