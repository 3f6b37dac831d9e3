import sequencing = require('@jest/test-sequencer');

const Sequencer = sequencing.default;
/** What starts and waits for processes, and what asks the whole graph for every kind of id. */
const longest = /\/test\/((drills|flows|cli)\/|database\/foreign-ids)/;

/** Orders test files so that none that takes long is left when the others are done. */
export default class LongestFirst extends Sequencer {
  override async sort(tests: Parameters<InstanceType<typeof Sequencer>['sort']>[0]) {
    const sorted = await super.sort(tests);
    const isLong = ({ path }: { path: string }) => Number(longest.test(path));
    return sorted.toSorted((one, other) => isLong(other) - isLong(one));
  }
}
