import { checkCustomQuestions } from '../aeo-question/custom-provider.ts';
import { today } from '../calendar.ts';
import { badInput } from '../errors.ts';
import { type AeoSettings, batchStrategies } from './aeo-settings.ts';
import { answerPlatformNames } from './answer-platform.ts';
import type { AuditPolicy } from './audit-policy.ts';
import { priceAt } from './prices.ts';

/** What people say of a set-up: what is left out or null is as the deployment's policy has it. */
export type WantedSettings = Pick<AeoSettings, 'categories' | 'platforms'> & {
  [Key in keyof AeoSettings]?: AeoSettings[Key] | null;
};

const mostModelLetters = 100;

/** @throws {DomainError} BAD_USER_INPUT for what no audit could ask. */
export function checkSettings(wanted: WantedSettings, policy: AuditPolicy): AeoSettings {
  const settings: AeoSettings = {
    categories: [...new Set(wanted.categories)],
    customQuestions: [],
    proposeQuestions: wanted.proposeQuestions ?? false,
    platforms: wanted.platforms,
    repetitions: wanted.repetitions ?? 1,
    maxQuestions: wanted.maxQuestions ?? policy.maxQuestions,
    // Who wants few of each category need not say so twice.
    minPerCategory:
      wanted.minPerCategory ?? Math.min(policy.minPerCategory, wanted.maxPerCategory ?? Infinity),
    maxPerCategory: wanted.maxPerCategory ?? policy.maxPerCategory,
    maxOutputTokens: wanted.maxOutputTokens ?? 1024,
    costCap: wanted.costCap ?? null,
    batchStrategy: wanted.batchStrategy ?? policy.batchStrategy,
    batchSize: wanted.batchSize ?? policy.batchSize,
    batchPauseSeconds: wanted.batchPauseSeconds ?? policy.batchPauseSeconds,
    confidenceThreshold: wanted.confidenceThreshold ?? policy.confidenceThreshold,
  };
  const { categories, platforms } = settings;
  if (categories.length === 0)
    throw badInput('An audit asks of at least one category.', 'categories');
  if (platforms.length === 0) throw badInput('An audit asks at least one platform.', 'platforms');
  if (new Set(platforms.map(({ platform }) => platform)).size < platforms.length) {
    throw badInput('Each platform is asked once.', 'platforms');
  }
  for (const { platform, model } of platforms) {
    if (!answerPlatformNames.includes(platform))
      throw badInput('There is no such platform.', 'platforms');
    if (!/^[\w.:/-]+$/.test(model) || model.length > mostModelLetters) {
      throw badInput(`"${model.slice(0, 80)}" is no name of a model.`, 'platforms');
    }
  }
  between(settings, 'repetitions', 1, 10);
  between(settings, 'maxQuestions', 1, policy.maxQuestions);
  between(settings, 'minPerCategory', 0, policy.maxPerCategory);
  between(settings, 'maxPerCategory', 1, policy.maxPerCategory);
  if (settings.minPerCategory > settings.maxPerCategory) {
    const message = `A category has at most ${settings.maxPerCategory} questions, and so not ${settings.minPerCategory} at least.`;
    throw badInput(message, 'minPerCategory', 'maxPerCategory');
  }
  between(settings, 'maxOutputTokens', 64, 8192);
  between(settings, 'batchSize', 1, 100);
  between(settings, 'batchPauseSeconds', 0, 3600, false);
  between(settings, 'confidenceThreshold', 0, 1, false);
  if (!batchStrategies.includes(settings.batchStrategy)) {
    throw badInput('There is no such strategy.', 'batchStrategy');
  }
  if (settings.costCap !== null && !/^(?!0+(\.0+)?$)\d{1,9}(\.\d{1,9})?$/.test(settings.costCap)) {
    throw badInput('A cost cap is an amount of US dollars, above 0.', 'costCap');
  }
  const unpriced = platforms.find((asked) => !priceAt(asked, today('UTC')));
  if (settings.costCap !== null && unpriced) {
    const message = `No price of ${unpriced.model} is known, so that no cost cap could be held to.`;
    throw badInput(message, 'costCap', 'platforms');
  }
  return {
    ...settings,
    customQuestions: checkCustomQuestions(wanted.customQuestions ?? [], categories, settings),
  };
}

type Counted = 'repetitions' | 'maxQuestions' | 'minPerCategory' | 'maxPerCategory';
type Measured = 'maxOutputTokens' | 'batchSize' | 'batchPauseSeconds' | 'confidenceThreshold';

function between(
  settings: AeoSettings,
  field: Counted | Measured,
  least: number,
  most: number,
  isWhole = true,
): void {
  const value = settings[field];
  if (value >= least && value <= most && (!isWhole || Number.isInteger(value))) return;
  throw badInput(`This is ${isWhole ? 'a whole number ' : ''}from ${least} to ${most}.`, field);
}
