import { statfs } from 'node:fs/promises';
import { tmpdir, totalmem } from 'node:os';
import { type Finding, type HealthCheck, judge } from '../../domain/health/component.ts';

const limits = { limit: 0.8, failingAbove: 0.9 };

/**
 * Disks and memory of the machine, or container, that this process runs on.
 *
 * @param dataDir folder of the embedded services; it is not there where all services are configured.
 */
export function machineChecks(dataDir: string): HealthCheck[] {
  const unanswered = 'UNKNOWN';
  return [
    {
      name: 'DATA_DISK',
      unanswered,
      measure: async () => {
        try {
          return await measureDisk(dataDir);
        } catch (error) {
          if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
          throw error;
        }
      },
    },
    { name: 'TEMPORARY_DISK', unanswered, measure: () => measureDisk(tmpdir()) },
    { name: 'MEMORY', unanswered, measure: async () => judge(memoryInUse(), 'SHARE', limits) },
  ];
}

async function measureDisk(folder: string): Promise<Finding> {
  return judge(diskInUse(await statfs(folder)), 'SHARE', limits);
}

/** Share of a file system in use, as `df` says it: what only root may fill is not counted. */
export function diskInUse({
  blocks,
  bfree,
  bavail,
}: Record<'blocks' | 'bfree' | 'bavail', number>) {
  const used = blocks - bfree;
  return used + bavail > 0 ? used / (used + bavail) : 0;
}

/** Share in use, of what the container may use where it is limited, else of all. */
function memoryInUse(): number {
  // Without a limit it is 0, or more than there is.
  const total = Math.min(process.constrainedMemory() || Number.POSITIVE_INFINITY, totalmem());
  return Math.max(0, 1 - process.availableMemory() / total);
}
