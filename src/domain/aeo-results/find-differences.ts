import type { AeoAudit } from '../aeo-audit/aeo-audit.entity.ts';
import type { AeoSettings } from '../aeo-audit/aeo-settings.ts';

/** What settings are about, in words; those that change no answer are not among them. */
const settingNames = {
  platforms: 'Platforms, models or web search',
  categories: 'Categories',
  customQuestions: 'Questions of your own',
  proposeQuestions: 'Whether a platform proposes questions',
  repetitions: 'Repetitions',
  maxQuestions: 'The most questions',
  minPerCategory: 'The fewest questions of a category',
  maxPerCategory: 'The most questions of a category',
  maxOutputTokens: 'The length of answers',
  confidenceThreshold: 'The confidence that a mention needs',
} as const satisfies Partial<Record<keyof AeoSettings, string>>;

type Audited = Pick<AeoAudit, 'settings' | 'profile'>;

/** What was otherwise in a later audit of a set-up, in sentences: changes of its figures may come of that. */
export function findDifferences(before: Audited, after: Audited): string[] {
  const keys = Object.keys(settingNames) as (keyof typeof settingNames)[];
  const settings = keys
    .filter((key) => textOf(before.settings[key]) !== textOf(after.settings[key]))
    .map((key) => `${settingNames[key]} differ${isOne(key) ? 's' : ''}.`);
  const [was, is] = [before.profile, after.profile];
  const profile = {
    'The brands, or their names and domains, differ.': textOf(was.brands) !== textOf(is.brands),
    'Industry or products differ.':
      textOf([was.industry, was.products]) !== textOf([is.industry, is.products]),
    'The language differs.': was.locale !== is.locale,
  };
  const ofProfile = Object.entries(profile).filter(([, differs]) => differs);
  return [...settings, ...ofProfile.map(([sentence]) => sentence)];
}

function textOf(value: unknown): string {
  return JSON.stringify(value);
}

function isOne(key: keyof typeof settingNames): boolean {
  return ['proposeQuestions', 'maxOutputTokens', 'confidenceThreshold'].includes(key);
}
