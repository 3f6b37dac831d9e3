import { withCopy } from './copy-rows.ts';
import { type Figure, type IngestBench, median } from './days.ts';
import { mediaFile } from './media-file.ts';
import { mediaWorkbook } from './media-workbook.ts';
import { startWorker } from './workers.ts';

const rows = 1_000_000;
const [firstDay, secondDay] = ['2026-01-15', '2026-01-16'];

/** Days of a million rows: the first of a client, the next, and that one again as a workbook. */
export async function measureMillion(bench: IngestBench): Promise<Figure[]> {
  const { installation, makeFeed, loading } = bench;
  const feed = await makeFeed();
  const reader = await startWorker(installation);
  await feed.put(firstDay, mediaFile({ date: firstDay, rows }));
  const cold = await loading.load([feed], firstDay);
  return withCopy(installation, { feed, date: firstDay }, async (copy) => {
    const copies = [await copy()];
    await feed.put(secondDay, mediaFile({ date: secondDay, rows }));
    const warm = await loading.load([feed], secondDay);
    copies.push(await copy(), await copy());
    const csvRss = reader.peakRssMb();
    await reader.stop();

    const workbookReader = await startWorker(installation);
    await feed.put(secondDay, await mediaWorkbook({ date: secondDay, rows }));
    await loading.load([feed], secondDay, 'UNCHANGED');
    const workbookRss = workbookReader.peakRssMb();
    await workbookReader.stop();
    return [
      ['ingest_million_cold_vs_copy', cold / median(copies), 'ratio'],
      ['ingest_million_vs_copy', warm / median(copies), 'ratio'],
      ['ingest_rss_mb', csvRss, 'MB'],
      ['ingest_workbook_rss_mb', workbookRss, 'MB'],
    ];
  });
}
