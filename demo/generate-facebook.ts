import { type DateRange, dayOfWeek, eachDay } from '../src/domain/calendar.ts';
import { createRandom } from './random.ts';

const header = [
  ...['Day', 'Campaign name', 'Ad set name', 'Ad name', 'Amount spent (USD)', 'Impressions'],
  ...['Link clicks', 'Purchases', 'Purchases conversion value', 'Reach'],
];
const campaigns = ['Always on | Prospecting', 'Always on | Retargeting', 'Autumn sale'];
const adSets = ['Lookalike 1 %', 'Interests, wide', 'Visitors 30 days'];
const ads = ['Reel A', 'Carousel', 'Static 1:1', 'Story'];

/** What Ads Manager exports of a made-up account by day: with the account's total, which names nothing, on top. */
export function generateFacebookExport(range: DateRange): string {
  const totals = { spent: 0, impressions: 0, clicks: 0, purchases: 0, value: 0 };
  const lines: string[] = [];
  for (const date of eachDay(range)) {
    const random = createRandom(Number(date.replaceAll('-', '')) + 7);
    const volume = dayOfWeek(date) >= 6 ? 1.3 : 1;
    for (const names of everyAd()) {
      const impressions = Math.round((800 + random() * 3200) * volume);
      const clicks = Math.round(impressions * (0.006 + random() * 0.014));
      const purchases = Math.round(clicks * random() * 0.08);
      const value = Math.round(purchases * (3000 + random() * 5000)) / 100;
      const spent = Math.round(impressions * (0.6 + random() * 0.6)) / 100;
      const reach = Math.round(impressions * 0.8);
      const facts = [spent.toFixed(2), impressions, clicks, purchases || '', value.toFixed(2)];
      lines.push([date, ...names.map(quoted), ...facts, reach].join(','));
      totals.spent += spent;
      totals.impressions += impressions;
      totals.clicks += clicks;
      totals.purchases += purchases;
      totals.value += value;
    }
  }
  const { spent, impressions, clicks, purchases, value } = totals;
  const account = [spent.toFixed(2), impressions, clicks, purchases, value.toFixed(2), ''];
  return `\ufeff${[header.join(','), ['', '', '', '', ...account].join(','), ...lines].join('\r\n')}\r\n`;
}

function everyAd(): string[][] {
  return campaigns.flatMap((campaign) =>
    adSets.flatMap((adSet) => ads.map((ad) => [campaign, adSet, ad])),
  );
}

function quoted(name: string): string {
  return name.includes(',') ? `"${name}"` : name;
}
