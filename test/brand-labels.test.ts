import { readLabelledAnswers } from '../bench/brands/labels.ts';
import { compareAnswer, ratio, sumScores } from '../bench/brands/score.ts';

test('of the labelled answers, mentions are found and are right in 95 of 100 cases', () => {
  const answers = readLabelledAnswers();
  const { found, expected } = sumScores(answers.map((answer) => compareAnswer(answer).score));
  expect(answers.length).toBeGreaterThanOrEqual(150);
  expect(ratio(found)).toBeGreaterThanOrEqual(0.95);
  expect(found.right / expected).toBeGreaterThanOrEqual(0.95);
});
