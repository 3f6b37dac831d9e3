import type { QuestionCategory } from './question-category.ts';
import { wordsOf } from './words.ts';

/** How words begin that tell a question's category, in English, German, French and Spanish; the first that fits counts. */
const beginnings: readonly [QuestionCategory, RegExp][] = [
  ['ALTERNATIVES', /\b(?:alternativ|instead|similar|replace|statt|ahnel|remplac|ressembl|parec)/],
  [
    'PRICING',
    /\b(?:pric|cost|cheap|afford|fee|discount|worth|preis|kost|gunstig|prix|tarif|cout|precio|cuest|barat)/,
  ],
  [
    'REVIEWS',
    /\b(?:review|rating|reputation|complain|trust|bewert|erfahrung|avis|plainte|opinion|queja)/,
  ],
  [
    'COMPARISON',
    /\b(?:compar|versus|vs\b|differ|better|vergleich|unterschied|besser|difference|mejor que|diferenc)/,
  ],
  ['HOW_TO', /^(?:how (?:do|can|should|to)|wie (?:kann|finde|mache|wechs)|comment|como)\b/],
  [
    'FEATURES',
    /\b(?:featur|function|offer|support|integrat|funktion|merkmal|fonction|caracteristic)/,
  ],
];

/** The category of a question that came without one: as its words tell, else a recommendation. */
export function guessCategory(text: string): QuestionCategory {
  const words = wordsOf(text).join(' ');
  return beginnings.find(([, pattern]) => pattern.test(words))?.[0] ?? 'RECOMMENDATION';
}
