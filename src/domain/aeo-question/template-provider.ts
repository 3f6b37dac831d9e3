import type { QuestionCategory } from './question-category.ts';
import type { ProposedQuestion, QuestionProfile, QuestionProvider } from './question-provider.ts';
import { maxQuestionLength, spaced } from './question-text.ts';
import { typeOf } from './read-question.ts';
import { fill, type Slot, slotsOf, withoutMaker } from './templates/template.ts';
import { templatesOf } from './templates/templates-of.ts';
import { wordsOf } from './words.ts';

/** What makes questions of templates and a profile: each that it has the names for, the same ones each time. */
export const templateProvider: QuestionProvider = {
  name: 'TEMPLATE',
  propose({ profile, categories, limits }) {
    const { templates } = templatesOf(profile.locale);
    return categories.flatMap((category) =>
      templates[category].flatMap((template) =>
        // Of one template they rank by their text: more than a category has room for would not be chosen.
        questionsOf(template, category, profile).sort(byText).slice(0, limits.maxPerCategory),
      ),
    );
  },
};

/** What templates cannot ask for a profile, in words; nothing where it is complete. */
export function limitsOfTemplates({
  industry,
  competitors,
  products,
  locale,
}: QuestionProfile): string[] {
  return [
    spaced(industry ?? '') === '' &&
      'No industry is given: every question from a template names a brand, so none shows who is named unasked.',
    competitors.length === 0 &&
      'No competitor is given: no question from a template compares the brand with a named one.',
    products.length === 0 && 'No product is given: no question from a template asks after one.',
    !templatesOf(locale).isAsAsked &&
      `There are no templates in the language of ${locale}: they are in English.`,
  ].filter((note) => note !== false);
}

function questionsOf(
  template: string,
  category: QuestionCategory,
  { brand, competitors, products, industry }: QuestionProfile,
): ProposedQuestion[] {
  const slots = slotsOf(template);
  const market = spaced(industry ?? '');
  if (slots.has('industry') && market === '') return [];
  const type = typeOf(kindsOf(slots));
  const ownId = slots.has('brand') ? brand.id : null;
  const rivals = slots.has('competitor') ? competitors : [null];
  const offers = slots.has('product') ? products : [''];
  return rivals
    .flatMap((rival) =>
      offers.map((product): ProposedQuestion => {
        const names = { brand: brand.name, product, industry: market };
        const wording = saysMaker(product, brand.name) ? withoutMaker(template) : template;
        return {
          text: spaced(fill(wording, { ...names, competitor: rival?.name ?? '' })),
          ...{ category, type, provider: 'TEMPLATE', targetBrandId: ownId ?? rival?.id ?? null },
        };
      }),
    )
    .filter(({ text }) => text.length <= maxQuestionLength);
}

function byText(one: ProposedQuestion, other: ProposedQuestion): number {
  return Number(one.text > other.text) - Number(one.text < other.text);
}

/** Whether a product is named after who makes it. */
function saysMaker(product: string, brand: string): boolean {
  return ` ${wordsOf(product).join(' ')} `.includes(` ${wordsOf(brand).join(' ')} `);
}

function kindsOf(slots: ReadonlySet<Slot>) {
  const kinds = { brand: 'BRAND', competitor: 'COMPETITOR', product: 'PRODUCT' } as const;
  return new Set(
    Object.entries(kinds)
      .filter(([slot]) => slots.has(slot as Slot))
      .map(([, kind]) => kind),
  );
}
