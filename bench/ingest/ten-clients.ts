import { type Figure, type IngestBench, median } from './days.ts';
import { mediaFile } from './media-file.ts';
import { startWorker } from './workers.ts';

const date = '2026-01-15';

/** The first days of ten clients at once on two workers, beside those of one client at a time on one: by the row. */
export async function measureTenClients(bench: IngestBench, rows: number): Promise<Figure[]> {
  const { installation, makeFeed, loading } = bench;
  const file = mediaFile({ date, rows });
  const makeFeeds = async (count: number) => {
    const feeds = await Promise.all(Array.from({ length: count }, makeFeed));
    for (const feed of feeds) await feed.put(date, file);
    return feeds;
  };
  const first = await startWorker(installation);
  await loading.load(await makeFeeds(1), date);
  const alone: number[] = [];
  for (let turn = 0; turn < 3; turn++) alone.push(await loading.load(await makeFeeds(1), date));
  const second = await startWorker(installation);
  // The second worker warms up as well.
  await loading.load(await makeFeeds(4), date);
  const together = await loading.load(await makeFeeds(10), date);
  await Promise.all([first.stop(), second.stop()]);
  return [
    ['ingest_rows_per_s', rows / (median(alone) / 1000), 'rows/s'],
    ['ingest_ten_clients_vs_one', together / 10 / median(alone), 'ratio'],
  ];
}
