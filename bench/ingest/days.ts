import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BenchInstallation } from '../installation.ts';
import { type CopyBaseline, prepareCopy } from './copy-rows.ts';
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

/**
 * The days of a client, in turns with the COPY: the first, whose names are all new; the next, whose are known; that one
 * again with other facts; and again with the same.
 */
export async function measureDays(
  bench: IngestBench,
  rows: number,
  turns: number,
): Promise<Figure[]> {
  const { installation, makeFeed, loading } = bench;
  const times = { cold: [], warm: [], restated: [], unchanged: [], copy: [] } as Record<
    'cold' | 'warm' | 'restated' | 'unchanged' | 'copy',
    number[]
  >;
  const scratch = join(tmpdir(), `mediagraph-bench-rows-${randomUUID()}`);
  let copy: CopyBaseline | undefined;
  // The first turn is to warm up: compiled code, connections, plans.
  for (let turn = 0; turn <= turns; turn++) {
    const feed = await makeFeed();
    const step = async (name: keyof typeof times, measure: () => Promise<number>) => {
      const ms = await measure();
      if (turn > 0) times[name].push(ms);
    };
    await feed.put(firstDay, mediaFile({ date: firstDay, rows }));
    await step('cold', () => loading.load([feed], firstDay));
    copy ??= await prepareCopy(installation, feed, firstDay, scratch);
    await step('copy', copy.measure);
    await feed.put(secondDay, mediaFile({ date: secondDay, rows }));
    await step('warm', () => loading.load([feed], secondDay));
    await step('copy', copy.measure);
    const restated = mediaFile({ date: secondDay, rows, version: 1 });
    await feed.put(secondDay, restated);
    await step('restated', () => loading.load([feed], secondDay));
    await step('copy', copy.measure);
    await feed.put(secondDay, Buffer.concat([restated, Buffer.from('\n')]));
    await step('unchanged', () => loading.load([feed], secondDay, 'UNCHANGED'));
    await step('copy', copy.measure);
  }
  await copy?.close();
  await rm(scratch, { force: true });
  const copyMs = median(times.copy);
  return [
    ['ingest_rows', rows, 'rows'],
    ['copy_ms', copyMs, 'ms'],
    ['ingest_cold_vs_copy', median(times.cold) / copyMs, 'ratio'],
    ['ingest_warm_vs_copy', median(times.warm) / copyMs, 'ratio'],
    ['ingest_restated_vs_copy', median(times.restated) / copyMs, 'ratio'],
    ['ingest_unchanged_vs_copy', median(times.unchanged) / copyMs, 'ratio'],
  ];
}

export function median(values: number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? 0) + (sorted[Math.floor(middle)] ?? 0)) / 2;
}
