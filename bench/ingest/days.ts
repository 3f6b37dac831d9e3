import type { BenchInstallation } from '../installation.ts';
import { withCopy } from './copy-rows.ts';
import type { BenchFeed } from './feeds.ts';
import type { Loading } from './loading.ts';
import { mediaFile } from './media-file.ts';

export type Figure = [name: string, value: number, unit: string];

/** What is measured with. */
export interface IngestBench {
  installation: BenchInstallation;
  makeFeed(): Promise<BenchFeed>;
  loading: Loading;
}

const [firstDay, secondDay] = ['2026-01-15', '2026-01-16'];
const steps = ['cold', 'warm', 'restated', 'unchanged'] as const;

/**
 * Days of clients, each in turn with the COPY: the first, whose names are all new; the next, whose are known; that one
 * again with other facts; and again with the same.
 */
export async function measureDays(
  bench: IngestBench,
  rows: number,
  turns: number,
): Promise<Figure[]> {
  const [first, second] = [firstDay, secondDay].map((date) => mediaFile({ date, rows }));
  const restated = mediaFile({ date: secondDay, rows, version: 1 });
  const again = Buffer.concat([restated, Buffer.from('\n')]);
  const files = { cold: first, warm: second, restated, unchanged: again };
  const load = async (feed: BenchFeed, step: (typeof steps)[number]) => {
    const date = step === 'cold' ? firstDay : secondDay;
    await feed.put(date, files[step] ?? again);
    return bench.loading.load([feed], date, step === 'unchanged' ? 'UNCHANGED' : 'APPLIED');
  };
  // To warm up: compiled code, connections, plans.
  const feed = await bench.makeFeed();
  for (const step of steps) await load(feed, step);

  return withCopy(bench.installation, { feed, date: firstDay }, async (copy) => {
    await copy();
    const times = { copy: [] as number[], cold: [], warm: [], restated: [], unchanged: [] };
    const ofStep: Record<(typeof steps)[number], number[]> = times;
    for (let turn = 0; turn < turns; turn++) {
      const next = await bench.makeFeed();
      for (const step of steps) {
        ofStep[step].push(await load(next, step));
        times.copy.push(await copy());
      }
    }
    const copyMs = median(times.copy);
    return [
      ['ingest_rows', rows, 'rows'],
      ['copy_ms', copyMs, 'ms'],
      ...steps.map(
        (step): Figure => [`ingest_${step}_vs_copy`, median(ofStep[step]) / copyMs, 'ratio'],
      ),
    ];
  });
}

export function median(values: number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? 0) + (sorted[Math.floor(middle)] ?? 0)) / 2;
}
