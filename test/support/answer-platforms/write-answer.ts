import { createHash } from 'node:crypto';

/** A brand that made-up answers speak of. */
export interface FakeBrand {
  name: string;
  domain: string;
}

/** Pages that an answer stands on, and its text in pieces, each with the places of its pages in that list. */
export interface WrittenAnswer {
  sources: { url: string; title: string; domain: string }[];
  pieces: { text: string; sources: number[] }[];
  queries: string[];
}

export const fakeBrands: readonly FakeBrand[] = [
  { name: 'Northwind', domain: 'northwind.example' },
  { name: 'Contoso', domain: 'contoso.example' },
  { name: 'Café Lumière', domain: 'lumiere.example' },
  { name: 'Fabrikam', domain: 'fabrikam.example' },
  { name: 'Tailspin', domain: 'tailspin.example' },
];

const praises = [
  'is praised for its support and quick onboarding',
  'has the clearest reports of those compared',
  'is a solid choice for small teams',
  'is expensive, and customers complain about its contracts',
  'covers the basics, though its integrations are few',
  'is often recommended where budgets are tight',
];
const reviews = ['g2.example', 'capterra.example', 'reddit.example', 'techreview.example'];

/**
 * Make an answer up: the same for the same question, whoever is asked with the same seed.
 *
 * Most are a list of brands, some a comparison in words, and one in twelve finds nothing.
 */
export function writeAnswer(
  question: string,
  brands: readonly FakeBrand[] = fakeBrands,
  seed = '',
): WrittenAnswer {
  const digest = createHash('sha256').update(`${seed}\0${question}`).digest();
  let drawn = 0;
  const draw = (below: number) => {
    drawn += 1;
    return (digest[drawn % digest.length] as number) % below;
  };
  const pick = <T>(from: readonly T[]) => from[draw(from.length)] as T;
  const queries = [question.slice(0, 60), `${question.slice(0, 40)} reviews`];
  if (draw(12) === 0) {
    const text = `I could not find reliable information on “${question.slice(0, 80)}”.`;
    return { sources: [], queries, pieces: [{ text, sources: [] }] };
  }
  const named = brands
    .map((brand) => ({ brand, place: draw(256) }))
    .toSorted((one, other) => one.place - other.place)
    .slice(0, 1 + draw(brands.length))
    .map(({ brand }) => brand);
  const sources: WrittenAnswer['sources'] = [];
  const cited = (domain: string, title: string) => {
    const page = (digest[drawn % digest.length] as number).toString(16);
    sources.push({ url: `https://www.${domain}/${page}`, title, domain });
    return sources.length - 1;
  };
  const isList = draw(3) > 0;
  const pieces: WrittenAnswer['pieces'] = [
    { text: `Here is what stands out — “${question.slice(0, 80)}” 🔎\n\n`, sources: [] },
  ];
  for (const [index, { name, domain }] of named.entries()) {
    const mark = isList
      ? `${index + 1}. **${name}** `
      : `${index > 0 ? 'By contrast, ' : ''}${name} `;
    const own = draw(2) === 0 ? [cited(domain, `${name}: official site`)] : [];
    const others = draw(3) === 0 ? [cited(pick(reviews), `Reviews of ${name}`)] : [];
    pieces.push({ text: `${mark}${pick(praises)}.`, sources: [...own, ...others] });
    pieces.push({ text: isList ? '\n' : ' ', sources: [] });
  }
  pieces.push({ text: `\nOverall, ${pick(named).name} ${pick(praises)}. ✅`, sources: [] });
  return { sources, pieces, queries };
}
