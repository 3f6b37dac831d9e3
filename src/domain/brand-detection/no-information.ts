/**
 * Whether a clause says that its writer found or knows nothing about something, or will not answer. That a price or a date was not found
 * is not that.
 */
export function saysNothing(clause: string): boolean {
  const said = clause.slice(0, longestClause).replaceAll('’', "'");
  return statements.some((statement) => statement.test(said));
}

const longestClause = 600;
const gap = String.raw`(?:[\w'-]+\s+){0,5}`;
const knowledge =
  '(?:information|info|details|data|records?|results?|mentions?|anything|evidence|knowledge|reference)';
const statements = [
  `(?:could not|couldn't|can't|cannot|can not|did not|didn't|unable to|wasn't able to|was not able to|don't|do not|haven't|have not)\\s+${gap}(?:find|found|locate|have|see|possess)\\s+${gap}${knowledge}\\b(?!\\s+(?:like|sheet))`,
  `\\b(?:there is|there's|there are|i have|i've|i found|we found|i see|with)\\s+(?:currently\\s+)?(?:no|little to no|not any)\\s+${gap}${knowledge}\\b`,
  `\\b(?:not|n't)\\s+(?:\\w+\\s+)?(?:familiar with|aware of|heard of|know of)\\b`,
  `\\bno\\s+(?:\\w+\\s+){0,3}${knowledge}\\s+(?:\\w+\\s+){0,2}(?:about|on|regarding|for)\\b`,
  `\\b(?:can't|cannot|can not|unable to|won't|not able to)\\s+(?:\\w+\\s+)?(?:help|assist|share|provide|comply|answer|discuss)\\b`,
  `\\bkeine\\s+(?:\\p{L}+\\s+){0,2}(?:informationen|angaben|daten|treffer)\\b`,
  `\\baucune?\\s+(?:\\p{L}+\\s+){0,2}(?:information|donnée|mention|résultat)`,
  `\\bno\\s+(?:\\p{L}+\\s+){0,2}(?:encontré|encontrado|tengo|dispongo|hay)\\s+(?:\\p{L}+\\s+){0,3}información`,
].map((pattern) => new RegExp(pattern, 'iu'));
