import sequencing = require('@jest/test-sequencer');

const Sequencer = sequencing.default;
/** Folders of what starts and waits for processes. */
const longest = /\/test\/(drills|flows|cli)\//;

/** Orders test files so that none that takes long is left when the others are done. */
export default class LongestFirst extends Sequencer {
  override async sort(tests: Parameters<InstanceType<typeof Sequencer>['sort']>[0]) {
    const sorted = await super.sort(tests);
    const isLong = ({ path }: { path: string }) => Number(longest.test(path));
    return sorted.toSorted((one, other) => isLong(other) - isLong(one));
  }
}
