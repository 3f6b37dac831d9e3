import type { QuestionCategory } from '../question-category.ts';

/** The places of a template. */
export type Slot = 'brand' | 'competitor' | 'product' | 'industry';

/**
 * Questions with the places {brand}, {competitor}, {product} and {industry}.
 *
 * They are worded so that what stands in a place needs no article, no ending and no number: a market may be "insurance"
 * or "running shoes", a brand "Apple" or "Levi's". Each category has five that need the brand alone.
 */
export type Templates = Record<QuestionCategory, readonly string[]>;

const places = /\{(brand|competitor|product|industry)\}/g;

/** The places that a template has. */
export function slotsOf(template: string): ReadonlySet<Slot> {
  return new Set(Array.from(template.matchAll(places), ([, slot]) => slot as Slot));
}

const maker = /(?<=\{product\}) (?:from|by|von|de) \{brand\}/g;

/** A template for a product whose name says already whose it is: "Acme Mail", not "Acme Mail from Acme". */
export function withoutMaker(template: string): string {
  return template.replaceAll(maker, '');
}

/** A template with its places filled; what stands in them is not read again. */
export function fill(template: string, values: Partial<Record<Slot, string>>): string {
  return template.replaceAll(places, (_, slot: Slot) => values[slot] ?? '');
}
