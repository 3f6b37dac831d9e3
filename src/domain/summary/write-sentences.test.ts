import { Decimal } from 'decimal.js';
import fc from 'fast-check';
import { deriveMetric } from '../metrics/derive-metric.ts';
import type { FactSums } from '../metrics/totals.ts';
import type { NamedMedia } from './sentence.ts';
import { usualThresholds } from './summary-settings.ts';
import { type SummaryFigures, writeSentences } from './write-sentences.ts';

const sums = (facts: Partial<FactSums>): FactSums => ({
  ...{ impressions: '0', clicks: '0', conversions: '0', revenue: '0', spend: '0' },
  ...{ media_cost: null, completed_views: null },
  ...facts,
});
const complete = { status: 'COMPLETE', reason: null } as const;
const figures = (values: Partial<SummaryFigures>): SummaryFigures => ({
  ...{ kind: 'WEEKLY', currency: 'USD', totals: [], coverage: complete, base: null },
  ...{ topByConversions: undefined, topByRevenue: undefined, topByCtr: undefined },
  ...{ underperformers: [], thresholds: usualThresholds },
  ...values,
});
const texts = (values: Partial<SummaryFigures>) =>
  writeSentences(figures(values)).map(({ text }) => text);
const media = (name: string, level: NamedMedia['level'], facts: Partial<FactSums>): NamedMedia => ({
  ...{ id: name, level, name, totals: [sums(facts)] },
});

test('a week in sentences', () => {
  const spending = { impressions: '12000', clicks: '60', spend: '1500.5', revenue: '6302.1' };
  const past = { totals: [sums({ spend: '2000', conversions: '4' })], lacksMost: false };
  const reason = '2026-03-04, Surfside: no file';
  expect(
    texts({
      totals: [sums({ ...spending, conversions: '7.5' })],
      base: { ...past, coverage: { status: 'PARTIAL', reason } },
      topByConversions: media('Brand', 'campaign', { conversions: '6' }),
      topByCtr: media('300x250', 'creative', { impressions: '9000', clicks: '90' }),
      underperformers: [
        media('Sale', 'campaign', { impressions: '1000', clicks: '2', spend: '120' }),
      ],
    }),
  ).toEqual([
    '12,000 impressions were delivered and brought 60 clicks (CTR 0.500%) and 7.5 conversions.',
    'Spend was $1,500.50, 25.0% less than the week before ($2,000.00).',
    'Conversions were 7.5, 87.5% more than the week before (4).',
    'Revenue was $6,302.10; the week before $0.00.',
    'ROAS was 4.20x; the week before 0.00x.',
    'The data of the week before are incomplete. 2026-03-04, Surfside: no file.',
    'The campaign "Brand" brought the most conversions: 6 of 7.5.',
    'The creative "300x250" had the highest CTR: 1.000% of 9,000 impressions.',
    '"Sale" underperforms: its CTR of 0.200% is under 0.500%, its spend of $120.00 over $100.00, and its conversions (0) fewer than 5.',
  ]);
});

test('what reads like a threshold without being it has all its decimals', () => {
  const base = { totals: null, coverage: complete, lacksMost: false };
  const sale = { impressions: '250000', clicks: '1249', spend: '100.001', conversions: '4.999' };
  const underperformers = [media('Sale', 'campaign', sale)];
  expect(texts({ base, underperformers }).at(-1)).toBe(
    '"Sale" underperforms: its CTR of 0.4996% is under 0.500%, its spend of $100.001 over $100.00, and its conversions (4.999) fewer than 5.',
  );
});

test('a ratio over a part of the rows is said to be one', () => {
  const totals = [
    sums({ impressions: '1000', clicks: '10', spend: '5', revenue: '10' }),
    sums({ impressions: '3000', clicks: null, spend: '5', revenue: '10' }),
  ];
  const all = texts({ totals });
  expect(all[0]).toContain('4,000 impressions were delivered and brought 10 clicks (CTR 1.000%)');
  expect(all).toContain(
    'CTR is over the rows that report both sides, since a source does not report one of them.',
  );
});

test('what is not known is not said', () => {
  const reason = 'Days of feeds without data: 7 (no file came); the first is 2026-03-02, Surfside.';
  expect(texts({ totals: null, coverage: { status: 'MISSING', reason } })).toEqual([
    `There are no data of this week. ${reason}`,
  ]);
  expect(texts({ kind: 'MONTHLY', totals: [sums({ clicks: null, conversions: null })] })).toEqual([
    '0 impressions were delivered.',
    'Spend was $0.00.',
    'Revenue was $0.00.',
    'There are no data of the month before to compare with.',
  ]);
});

const Exact = Decimal.clone({ precision: 60 });
const amount = fc.bigInt({ min: 0n, max: 10n ** 15n }).map((units) => `${units}.25`);
const count = fc.bigInt({ min: 0n, max: 10n ** 12n }).map(String);
const anySums = fc
  .record({
    impressions: count,
    clicks: count,
    conversions: amount,
    revenue: amount,
    spend: amount,
  })
  .map(sums);

test('every figure of every sentence is a fact, and changes lead from the base to the value', () => {
  fc.assert(
    fc.property(anySums, anySums, fc.boolean(), (now, before, lacksMost) => {
      const base = { totals: [before], coverage: complete, lacksMost };
      const sentences = writeSentences(figures({ totals: [now], base }));
      for (const { topic, text, facts } of sentences) {
        // Without its facts, nothing that is left of it is a figure.
        const rest = facts.reduce((left, fact) => left.replace(fact.text, ''), text);
        expect(rest).not.toMatch(/\d/);
        if (topic !== 'CHANGE') continue;
        const [value, ...others] = facts;
        const past = others.find(({ role }) => role === 'BASE');
        const change = others.find(({ role }) => role === 'CHANGE');
        expect(value?.value).toBe(deriveMetric([now], value?.metric ?? 'spend'));
        expect(past?.value).toBe(deriveMetric([before], value?.metric ?? 'spend') ?? undefined);
        if (!value || !past || !change) continue;
        expect(lacksMost).toBe(false);
        const again = new Exact(past.value).times(new Exact(change.value).plus(1));
        // As exact as a relative change of 12 decimals is.
        expect(again.minus(value.value).abs().lte(new Exact(past.value).times('1e-12'))).toBe(true);
      }
    }),
    { numRuns: 100 },
  );
});
