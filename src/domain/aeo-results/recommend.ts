import { platformLabels } from '../aeo-audit/platform-labels.ts';
import { categoryLabels } from '../aeo-question/category-labels.ts';
import { percent } from './percent.ts';
import { proportion } from './proportion.ts';
import { changeOf } from './proportion-change.ts';
import {
  type Advice,
  type Findings,
  type Recommendation,
  recommendationActions,
} from './recommendation.ts';

/** Sites that are named, of those that could be. */
const mostSources = 3;
/** Fewer answers are no pattern. */
const fewestAnswers = 2;
/** Positions, and differences of them, that are told at least. */
const fewestPositions = 3;
const leastRanks = 0.5;
/** Share of bad answers among those that mention the brand. */
const mostNegative = 0.2;
/** Answers, and questions, that are named as evidence. */
const mostEvidence = 20;

/**
 * What to look after, by fixed rules; what concerns the most answers first. Where nothing was answered, or no rule
 * applies, there is nothing.
 */
export function recommend(findings: Findings): Recommendation[] {
  const { answered } = findings.results.counts;
  if (answered === 0) return [];
  return rules
    .flatMap((rule) => rule(findings))
    .map(({ answerIds, questionIds = [], domains = [], ...advice }) => ({
      ...advice,
      action: recommendationActions[advice.kind],
      priority: answerIds.length / answered,
      ...{ concerned: answerIds.length, answered, domains },
      answerIds: answerIds.slice(0, mostEvidence),
      questionIds: questionIds.slice(0, mostEvidence),
    }))
    .toSorted((one, other) => other.priority - one.priority);
}

const rules: readonly ((findings: Findings) => Advice[])[] = [
  function notMentioned({ own, weak }) {
    const { numerator, denominator, high } = own.visibility;
    if (numerator > 0) return [];
    const sentence = `None of ${count(denominator, 'answer')} mentions ${own.name}. Of so few, chance leaves up to ${percent(high)}.`;
    return [{ kind: 'NOT_MENTIONED', sentence, answerIds: idsOf(weak, 'isAbsent') }];
  },

  function categoryGaps({ own, gaps, results }) {
    const byCategory = Map.groupBy(gaps, ({ category }) => category);
    return Array.from(byCategory, ([category, all]) => {
      const answersOf = new Map<string, number>();
      for (const { brandId, answers } of all.flatMap(({ competitors }) => competitors)) {
        answersOf.set(brandId, (answersOf.get(brandId) ?? 0) + answers);
      }
      const [[brandId, most]] = [...answersOf].toSorted((a, b) => b[1] - a[1]) as [
        [string, number],
      ];
      const rival = results.brands.find((brand) => brand.brandId === brandId)?.name;
      return {
        kind: 'GAP',
        sentence:
          `Answers to ${count(all.length, 'question')} of the category ${categoryLabels[category].toLowerCase()} mention competitors and ` +
          `never ${own.name}; most often ${rival}, in ${count(most, 'answer')}.`,
        answerIds: all.flatMap(({ answerIds }) => answerIds),
        questionIds: all.map(({ questionId }) => questionId),
      };
    });
  },

  function weakPlatforms({ own, results, weak }) {
    const whole = own.visibility;
    return results.byPlatform.flatMap(({ platform, brands }) => {
      const here = brands.find(({ brandId }) => brandId === own.brandId)?.visibility;
      if (!here) return [];
      const elsewhere = proportion(
        whole.numerator - here.numerator,
        whole.denominator - here.denominator,
      );
      const { isBeyondChance, value } = changeOf(elsewhere, here);
      if (!isBeyondChance || Number(value) > 0) return [];
      const absent = weak.filter((answer) => answer.platform === platform);
      const sentence =
        `${platformLabels[platform]} mentions ${own.name} in ${share(here)} answers, the other platforms in ${share(elsewhere)}: ` +
        `less, beyond chance.`;
      return [{ kind: 'WEAK_PLATFORM', sentence, answerIds: idsOf(absent, 'isAbsent') }];
    });
  },

  function citedSources({ own, sources }) {
    return sources
      .filter((source) => !source.brandId && source.withoutOwnIds.length >= fewestAnswers)
      .toSorted((one, other) => other.withoutOwnIds.length - one.withoutOwnIds.length)
      .slice(0, mostSources)
      .map(({ domain, answers, withoutOwnIds }) => ({
        kind: 'CITED_SOURCE',
        sentence:
          `${domain} is cited in ${count(answers, 'answer')}, of which ${withoutOwnIds.length} mention competitors ` +
          `and not ${own.name}.`,
        answerIds: withoutOwnIds,
        domains: [domain],
      }));
  },

  function ownSite({ own, results, weak }) {
    const [rival] = results.brands
      .filter(({ isOwn }) => !isOwn)
      .toSorted((one, other) => other.citationRate.numerator - one.citationRate.numerator);
    if (!rival) return [];
    const { isBeyondChance, value } = changeOf(own.citationRate, rival.citationRate);
    if (!isBeyondChance || Number(value) < 0) return [];
    const { numerator, denominator } = rival.citationRate;
    const sentence =
      `Of ${count(denominator, 'answer')} of platforms that search the web, ${numerator} cite ${rival.name} ` +
      `and ${own.citationRate.numerator} ${own.name}.`;
    return [{ kind: 'OWN_SITE', sentence, answerIds: idsOf(weak, 'isUncited') }];
  },

  function sentiment({ own, weak }) {
    const { value, count: graded, negative, ungraded } = own.sentiment;
    if (negative === 0 || (Number(value) >= 0 && negative < mostNegative * graded)) return [];
    const those = ungraded ? 'graded answer' : 'answer';
    const sentence = `${negative} of ${count(graded, those)} that mention ${own.name} speak badly of it.`;
    return [{ kind: 'SENTIMENT', sentence, answerIds: idsOf(weak, 'isNegative') }];
  },

  function position({ own, results, weak }) {
    const known = results.brands.filter(({ position }) => position.count >= fewestPositions);
    const [best] = known.toSorted((one, other) => rank(one) - rank(other));
    if (!best || !known.includes(own) || rank(own) - rank(best) < leastRanks) return [];
    const told = ({ name, position }: typeof own) =>
      `${name} stands at ${Number(position.value).toFixed(1)} in ${count(position.count, 'answer')}`;
    const sentence = `On average ${told(own)}, ${told(best)}.`;
    return [{ kind: 'POSITION', sentence, answerIds: idsOf(weak, 'isOutranked') }];
  },
];

type Flag = 'isAbsent' | 'isNegative' | 'isOutranked' | 'isUncited';

function idsOf(weak: Findings['weak'], flag: Flag): string[] {
  return weak.filter((answer) => answer[flag]).map(({ id }) => id);
}

function rank({ position }: Findings['own']): number {
  return Number(position.value);
}

function share({ numerator, denominator }: Findings['own']['visibility']): string {
  return `${numerator} of ${denominator}`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
