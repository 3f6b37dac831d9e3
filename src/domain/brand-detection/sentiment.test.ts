import { tally, wordsFor } from './grade-sentiment.ts';
import { readLanguage } from './read-language.ts';
import { sentimentOf } from './sentiment.ts';

const labelOf = (clause: string) => {
  const language = readLanguage(clause);
  return sentimentOf(language && [tally(clause, wordsFor(language))]).label;
};

test.each([
  ['it is intuitive and fast', 'POSITIVE'],
  ['it is not a good option', 'NEGATIVE'],
  ["it isn't bad", 'POSITIVE'],
  ['it is too simple', 'NEGATIVE'],
  ['it is hard to beat', 'POSITIVE'],
  ['it is great and it is expensive', 'MIXED'],
  ['it costs nine dollars', 'NEUTRAL'],
  ['die Bedienung ist nicht schlecht', 'POSITIVE'],
  ['it is less expensive', 'POSITIVE'],
  ['il est moins cher que la plupart', 'POSITIVE'],
  ['die App ist weniger zuverlässig', 'NEGATIVE'],
  ['', 'NEUTRAL'],
  ['è ottimo, ma il prezzo non è basso', 'UNGRADED'],
  ['het is niet de beste keuze van het jaar', 'UNGRADED'],
  ['這個產品的做工更精緻，但價格偏貴', 'UNGRADED'],
  ['остаётся главным поисковиком', 'UNGRADED'],
  ['Acme Pro has no free plan, Škoda does', 'NEUTRAL'],
])('%j is %s', (clause, label) => {
  expect(labelOf(clause)).toBe(label);
});

test('a score is between -1 and 1, and rises with praise', () => {
  const score = (praise: number, blame: number) => sentimentOf([{ praise, blame }]).score;
  expect(score(4, 0)).toBeCloseTo(0.72, 2);
  expect(score(0, 4)).toBeCloseTo(-0.72, 2);
  expect(score(1e9, 0)).toBeLessThanOrEqual(1);
  expect(score(2, 2)).toBe(0);
});
