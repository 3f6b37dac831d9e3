/**
 * Brand detection against the labelled answers of `bench/brands` (its README says what was labelled as what), and how fast it reads.
 *
 * The figures are those of all answers; `held_out` are those of the part that was not looked at while the detector was written. `--misses`
 * lists what is not as it was labelled in the tuning part. `--small` reads a large answer of 1 MB instead of 10.
 */
import { parseArgs } from 'node:util';
import { type LabelledAnswer, readLabelledAnswers } from './brands/labels.ts';
import { measureThroughput } from './brands/measure-throughput.ts';
import { compareAnswer, percent, ratio, type Score, sumScores } from './brands/score.ts';

const { values: options } = parseArgs({
  options: { small: { type: 'boolean' }, misses: { type: 'boolean' } },
});
const answers = readLabelledAnswers();
const compared = answers.map((answer) => ({ answer, ...compareAnswer(answer) }));
const part = (name: LabelledAnswer['part']) =>
  sumScores(compared.filter(({ answer }) => answer.part === name).map(({ score }) => score));
const tuning = part('tuning');
const heldOut = part('held-out');
const whole = sumScores([tuning, heldOut]);

if (options.misses) {
  for (const { answer, misses } of compared) {
    if (answer.part === 'tuning') for (const miss of misses) console.log(`${answer.id}: ${miss}`);
  }
}
describe('tuning', tuning);
describe('held-out', heldOut);
describe('whole', whole);
report('brand_answers', answers.length, 'answers');
report('mention_precision', ratio(whole.found), 'ratio');
report('mention_recall', whole.found.right / whole.expected, 'ratio');
report('sentiment_accuracy', ratio(whole.sentiment), 'ratio');
report('sentiment_graded', ratio(whole.graded), 'ratio');
report('mention_precision_held_out', ratio(heldOut.found), 'ratio');
report('mention_recall_held_out', heldOut.found.right / heldOut.expected, 'ratio');
report('sentiment_accuracy_held_out', ratio(heldOut.sentiment), 'ratio');
const speed = measureThroughput(options.small ? 1 : 10);
report('brand_detection_answers_per_s', speed.answers, 'answers/s');
report('brand_detection_mb_per_s', speed.megabytes, 'MB/s');

function describe(name: string, score: Score): void {
  const { found, expected } = score;
  console.log(
    [
      `${name}: ${score.answers} answers, ${expected} mentions`,
      `precision ${percent(found)}`,
      `recall ${percent({ right: found.right, all: expected })}`,
      `mentioned or not ${percent(score.mentioned)}`,
      `graded ${percent(score.graded)}`,
      `sentiment of those ${percent(score.sentiment)}`,
      `position ${percent(score.position)}`,
      `citations ${percent(score.citations)}`,
      `no information ${percent(score.noInformation)}`,
    ].join(', '),
  );
}

function report(name: string, value: number, unit: string): void {
  console.log(`figure ${name} ${value.toFixed(value < 10 ? 3 : 0)} ${unit}`);
}
