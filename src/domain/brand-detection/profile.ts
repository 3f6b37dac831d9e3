import type { Brand } from './brand.ts';
import { indexDomains } from './find-citations.ts';
import { indexMisspellings } from './find-misspellings.ts';
import { indexNames } from './find-names.ts';
import { foldName } from './fold-character.ts';
import { NameTrie } from './name-trie.ts';

/** Brands, made ready to be looked for in any number of answers. */
export type Profile = ReturnType<typeof prepareProfile>;

/** Index the names, domains and context words of brands. */
export function prepareProfile(brands: readonly Brand[]) {
  const contexts = new NameTrie<string>();
  for (const { id, contextWords } of brands) {
    for (const word of new Set(contextWords.map(foldName))) contexts.add(word, id);
  }
  return {
    brands,
    names: indexNames(brands),
    misspellings: indexMisspellings(brands),
    domains: indexDomains(brands),
    contexts,
  };
}
