import type { BrandResult } from './brand-result.ts';
import { proportion } from './proportion.ts';
import { recommend } from './recommend.ts';
import type { Findings, WeakAnswer } from './recommendation.ts';

const brand = (name: string, isOwn: boolean, given: Partial<BrandResult> = {}): BrandResult => ({
  ...{ brandId: name, name, isOwn, visibility: proportion(10, 20) },
  ...{ shareOfVoice: proportion(10, 20), citationRate: proportion(10, 20) },
  position: { value: 1, count: 10 },
  sentiment: {
    ...{ value: 0.5, count: 10, positive: 10, neutral: 0, negative: 0, mixed: 0 },
    ...{ ungraded: 0, graders: ['by hand'] },
  },
  ...given,
});

const weakAnswer = (id: number, given: Partial<WeakAnswer>): WeakAnswer => ({
  ...{ id: String(id), platform: 'OPENAI', isAbsent: false, isNegative: false },
  ...{ isOutranked: false, isUncited: false, ...given },
});

/** An audit of 20 answers. */
function findings(own: BrandResult, given: Partial<Findings> = {}, rival?: BrandResult): Findings {
  const counts = { wanted: 20, answered: 20, failed: 0, skipped: 0, noInformation: 0 };
  const brands = rival ? [own, rival] : [own];
  const parts = { byPlatform: [], byCategory: [], byType: [] };
  const results = { counts, brands, ...parts, answersRemovedAt: null };
  return { results, own, gaps: [], sources: [], weak: [], ...given };
}

const told = (asked: Findings) => recommend(asked).map(({ kind, sentence }) => [kind, sentence]);

test('where all is well, or nothing was answered, there is nothing to look after', () => {
  const fine = findings(brand('Acme', true));
  expect(recommend(fine)).toEqual([]);
  const { results } = findings(brand('Acme', true, { visibility: proportion(0, 0) }));
  const unanswered = { ...results, counts: { ...results.counts, answered: 0 } };
  expect(recommend({ ...fine, results: unanswered })).toEqual([]);
});

test('a platform is weak where chance does not explain it', () => {
  const of = (mentioning: number) => {
    const visibility = proportion(mentioning, 10);
    const own = brand('Acme', true, { visibility: proportion(mentioning + 9, 20) });
    const weak = [weakAnswer(1, { isAbsent: true }), weakAnswer(2, { isAbsent: false })];
    const asked = findings(own, { weak });
    const { counts } = asked.results;
    asked.results.byPlatform = [
      { platform: 'OPENAI', counts, brands: [{ ...own, visibility }] },
      { platform: 'GEMINI', counts, brands: [{ ...own, visibility: proportion(9, 10) }] },
    ];
    return asked;
  };
  expect(told(of(8))).toEqual([]);
  const sentence =
    'OpenAI mentions Acme in 2 of 10 answers, the other platforms in 9 of 10: less, beyond chance.';
  expect(recommend(of(2))).toEqual([
    {
      ...{ kind: 'WEAK_PLATFORM', sentence, priority: 0.05, concerned: 1, answered: 20 },
      action: 'Look at the sites that this platform cites, and be described there.',
      ...{ answerIds: ['1'], questionIds: [], domains: [] },
    },
  ]);
});

test('a competitor that is cited more, or stands before the brand, is named', () => {
  const own = brand('Acme', true, {
    ...{ citationRate: proportion(1, 20), position: { value: 2.5, count: 4 } },
  });
  const weak = [1, 2, 3].map((id) => weakAnswer(id, { isUncited: true, isOutranked: id < 3 }));
  expect(told(findings(own, { weak }, brand('Rival', false)))).toEqual([
    ['OWN_SITE', 'Of 20 answers of platforms that search the web, 10 cite Rival and 1 Acme.'],
    ['POSITION', 'On average Acme stands at 2.5 in 4 answers, Rival stands at 1.0 in 10 answers.'],
  ]);
  const seldom = brand('Rival', false, {
    ...{ citationRate: proportion(2, 20), position: { value: 1, count: 2 } },
  });
  expect(told(findings(own, {}, seldom))).toEqual([]);
});

test('what concerns more answers comes first, with the first of them as evidence', () => {
  const own = brand('Acme', true, {
    sentiment: {
      ...{ value: -0.5, count: 10, positive: 0, neutral: 0, negative: 10, mixed: 0 },
      ...{ ungraded: 5, graders: ['by hand'] },
    },
    visibility: proportion(0, 20),
  });
  const weak = Array.from({ length: 25 }, (_, id) =>
    weakAnswer(id, { isAbsent: true, isNegative: id < 10 }),
  );
  const [first, second] = recommend(findings(own, { weak }));
  expect([first?.kind, second?.kind]).toEqual(['NOT_MENTIONED', 'SENTIMENT']);
  expect(second?.sentence).toBe('10 of 10 graded answers that mention Acme speak badly of it.');
  expect(first?.answerIds).toHaveLength(20);
  expect(first).toMatchObject({ concerned: 25, answered: 20 });
});
