import {
  addDays,
  type DateRange,
  dayOfWeek,
  eachDay,
  type LocalDate,
} from '../src/domain/calendar.ts';
import { createRandom } from './random.ts';

/** A made-up advertiser: the shape of its hierarchy is its rows a day. */
export interface Advertiser {
  name: string;
  keyPattern: string;
  /** Campaigns, strategies in each, placements in each, creatives in each. */
  shape: [number, number, number, number];
  /** Which of the two spellings of the headers its files use. */
  headers: 'TITLE_CASE' | 'SNAKE_CASE';
  seed: number;
}

export const advertisers: Advertiser[] = [
  {
    name: 'Northwind Outdoor',
    keyPattern: 'northwind/media-report-{date}.csv',
    shape: [5, 10, 10, 10],
    headers: 'TITLE_CASE',
    seed: 11,
  },
  {
    name: 'Harbor Coffee',
    keyPattern: 'harbor/client-media-{date:yyyyMMdd}.csv',
    shape: [5, 5, 4, 5],
    headers: 'SNAKE_CASE',
    seed: 23,
  },
];

/** One generated file. */
export interface GeneratedFile {
  key: string;
  body: string;
}

export const demoDays = 35;
/** Days counted from the first: one is never delivered, one is delivered again with more conversions. */
const missingDay = 17;
const restatedDay = 25;

/** The days of a demo that ends on `lastDay`. */
export function demoRange(lastDay: LocalDate): DateRange {
  return { from: addDays(lastDay, 1 - demoDays), to: lastDay };
}

/** The day that is delivered twice. */
export function restatedDate(range: DateRange): LocalDate {
  return addDays(range.from, restatedDay);
}

/** Every file of an advertiser as first delivered; the same ones for the same days. */
export function* generateFiles(advertiser: Advertiser, range: DateRange): Generator<GeneratedFile> {
  for (const [index, date] of eachDay(range).entries()) {
    if (index === missingDay) continue;
    yield generateFile(advertiser, date, index, index === restatedDay ? 0.6 : 1);
  }
}

/** The second delivery of the day that is restated: the conversions that were attributed late are in it. */
export function generateRestatement(advertiser: Advertiser, range: DateRange): GeneratedFile {
  return generateFile(advertiser, restatedDate(range), restatedDay, 1);
}

const header = {
  TITLE_CASE:
    'Date,Campaign,Strategy,Placement,Creative,Impressions,Clicks,Conversions,Conversion Revenue,CTR',
  SNAKE_CASE:
    'date,campaign_name,strategy_name,placement_name,creative_name,impressions,clicks,conversions,conversion_revenue,ctr',
};
const campaignNames = ['Brand', 'Prospecting', 'Retargeting', 'Seasonal', 'Loyalty'];
const strategyNames = ['Lookalike', 'Contextual', 'Geo', 'Weather', 'Daypart', 'CRM', 'In-market'];
const placementNames = ['Display', 'Native', 'Video', 'Audio', 'CTV', 'In-app'];
const creativeNames = ['300x250', '728x90', '160x600', '320x50', '970x250'];

/** Weekends are quiet, and the account grows by half a percent a day. */
function volume(date: LocalDate, dayIndex: number): number {
  const weekday = [1, 1.05, 1.08, 1.06, 0.98, 0.72, 0.66][dayOfWeek(date) - 1] ?? 1;
  return weekday * 1.005 ** dayIndex;
}

function generateFile(
  advertiser: Advertiser,
  date: LocalDate,
  dayIndex: number,
  attributed: number,
): GeneratedFile {
  const random = createRandom(advertiser.seed * 100_000 + dayIndex);
  const lines = [header[advertiser.headers]];
  const [campaigns, strategies, placements, creatives] = advertiser.shape;
  for (let row = 0; row < campaigns * strategies * placements * creatives; row++) {
    const creative = row % creatives;
    const placement = Math.floor(row / creatives) % placements;
    const strategy = Math.floor(row / creatives / placements) % strategies;
    const campaign = Math.floor(row / creatives / placements / strategies);
    const impressions = Math.round((400 + random() * 2400) * volume(date, dayIndex));
    const clicks = Math.round(impressions * (0.002 + random() * 0.012));
    const conversions = Math.floor(clicks * random() * 0.25 * attributed);
    const revenue = (conversions * (18 + random() * 90)).toFixed(2);
    const names = [
      named(campaignNames, campaign),
      named(strategyNames, strategy),
      named(placementNames, placement),
      named(creativeNames, creative),
    ];
    const ctr = (clicks / impressions).toFixed(4);
    const cells = [date, ...names, impressions, clicks, conversions, revenue, ctr];
    lines.push(...spoil(cells.map(String), row, dayIndex));
  }
  const key = advertiser.keyPattern
    .replace('{date}', date)
    .replace('{date:yyyyMMdd}', date.replaceAll('-', ''));
  return { key, body: `${lines.join('\n')}\n` };
}

function named(names: string[], index: number): string {
  const name = names[index % names.length] ?? '';
  const round = Math.floor(index / names.length);
  return round === 0 ? name : `${name} ${round + 1}`;
}

/** On every fifth day, a few rows as real files have them: broken, in four ways. */
function spoil(cells: string[], row: number, dayIndex: number): string[] {
  if (dayIndex % 5 !== 3) return [cells.join(',')];
  const broken = [...cells];
  if (row === 7) broken[3] = '';
  else if (row === 70) broken[6] = String(Number(cells[5]) + 1);
  else if (row === 140) broken[5] = 'n/a';
  else if (row === 210) broken[0] = 'yesterday';
  return [broken.join(',')];
}
