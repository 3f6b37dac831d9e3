import { dayOfWeek, type LocalDate } from '../src/domain/calendar.ts';
import { type VibeRow, vibeRow } from '../test/support/vibe/vibe-report.ts';
import { createRandom } from './random.ts';

const strategies = ['Prospecting', 'Retargeting'];
const channels = ['Sports TV', 'News Live', 'Cinema+', 'Kids Planet'];
const creatives = ['Spot 30 s', 'Spot 15 s'];

/** A day of a made-up advertiser on streaming television; the same rows for the same day. */
export function generateVibeRows(date: LocalDate): VibeRow[] {
  const random = createRandom(Number(date.replaceAll('-', '')));
  const volume = dayOfWeek(date) >= 6 ? 1.4 : 1;
  return strategies.flatMap((strategy) =>
    channels.flatMap((channel) =>
      creatives.map((creative) => {
        const impressions = Math.round((2000 + random() * 6000) * volume);
        const purchases = Math.round(impressions * random() * 0.004);
        return vibeRow({
          ...{ campaign: 'Streaming TV', strategy, channel, creative, impressions, purchases },
          households: Math.round(impressions * (0.4 + random() * 0.2)),
          completedViews: Math.round(impressions * (0.9 + random() * 0.08)),
          spend: Number((impressions * 0.022).toFixed(2)),
          amount: Number((purchases * (40 + random() * 60)).toFixed(2)),
        });
      }),
    ),
  );
}
