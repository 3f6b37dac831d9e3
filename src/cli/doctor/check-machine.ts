import { statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { bytes } from '../output.ts';
import { type Check, fail, look, ok, warn } from './check.ts';

/** The first with argon2, which passwords are hashed by. */
const leastNode = [24, 7] as const;
const leastMemory = 256_000_000;
const [fewDisk, leastDisk] = [5_000_000_000, 500_000_000];

/** Node, memory, and room on the disks that files go through. */
export async function checkMachine(): Promise<Check[]> {
  const disks = [tmpdir(), process.cwd()].map((folder) =>
    look(`disk of ${folder}`, 'make the folder readable', () => checkDisk(folder)),
  );
  return [checkNode(), checkMemory(), ...(await Promise.all(disks)).flat()];
}

function checkNode(): Check {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const isEnough = major > leastNode[0] || (major === leastNode[0] && minor >= leastNode[1]);
  return isEnough
    ? ok('Node', process.versions.node)
    : fail(
        'Node',
        process.versions.node,
        `run Node ${leastNode.join('.')} or newer: npm scripts do`,
      );
}

function checkMemory(): Check {
  const free = process.availableMemory();
  return free >= leastMemory
    ? ok('memory', `${bytes(free)} available`)
    : warn(
        'memory',
        `${bytes(free)} available`,
        'give the process more, or run fewer jobs at once',
      );
}

async function checkDisk(folder: string): Promise<Check> {
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  const what = `disk of ${folder}`;
  const cure = 'make room: files are spooled to the temporary folder before they are archived';
  if (free < leastDisk) return fail(what, `${bytes(free)} free`, cure);
  return free < fewDisk ? warn(what, `${bytes(free)} free`, cure) : ok(what, `${bytes(free)} free`);
}
