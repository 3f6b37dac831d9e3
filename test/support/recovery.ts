import { appendFileSync } from 'node:fs';

/** Say how long a recovery took, in the file that `DRILL_FIGURES` names: docs/reliability.md has such figures. */
export function noteRecovery(drill: string, since: number): void {
  const file = process.env.DRILL_FIGURES;
  if (file) appendFileSync(file, `${drill}\t${Math.round(performance.now() - since)} ms\n`);
}
