import type { QuestionProfile } from '../../src/domain/aeo-question/question-provider.ts';

const rivals = ['Globex', 'Initech', 'Umbrella', 'Hooli', 'Vandelay', 'Stark'];

/** The profile of a brand with six competitors and three products, unless it is said otherwise. */
export function questionProfile(profile: Partial<QuestionProfile> = {}): QuestionProfile {
  return {
    brand: { id: 'brand-acme', name: 'Acme' },
    competitors: rivals.map((name) => ({ id: `brand-${name.toLowerCase()}`, name })),
    industry: 'CRM software',
    products: ['Acme Sales', 'Acme Service', 'Road Runner'],
    locale: 'en-US',
    ...profile,
  };
}
