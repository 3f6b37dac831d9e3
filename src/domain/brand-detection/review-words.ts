/**
 * Words of product reviews that AFINN lacks, by what they are worth on its scale of -5 to 5; and words that it counts while reviews use
 * them without praise or blame (0).
 *
 * Source: our own reading of reviews.
 */
export const reviewWords: Readonly<Record<string, number>> = {
  ...worth(
    4,
    'unmatched unbeatable unrivaled gorgeous legendary stellar best-in-class class-leading world-class',
  ),
  ...worth(
    3,
    'polished seamless intuitive standout award-winning effortless hassle-free top-rated flawless sleek favorite favourite superior top-notch first-rate outperforms',
  ),
  ...worth(
    2,
    `affordable flexible customizable user-friendly developer-friendly friendliest friendlier well-designed well-documented mature
    versatile scalable quick easiest faster fastest fast safest safer simple simpler rugged frugal efficient comfortable roomy roomier
    elegant inexpensive cheapest cost-effective dependable secure accurate responsive stylish lightweight leader leading leads
    market-leading popular strongest stronger nicer praised undercuts smart smarter clever modern beautiful generous durable
    transparent praise stands excels shines wins well-built reasonable thoughtful crisp capable rich solid sturdy refined deep extensive comprehensive streamlined snappy spacious
    attractive proven trusted preferred handy convenient quiet economical accessible respected renowned`,
  ),
  ...worth(
    1,
    'cheaper ideal huge decent loyal bold competitive consider choose pick organized readable',
  ),
  ...worth(
    -2,
    `expensive pricey overpriced costly outdated dated clunky clumsy limited lacks lacking lack slow slower sluggish buggy rigid
    complicated complex overwhelming steep inconsistent unreliable flimsy cluttered unintuitive dropped declining decline locked
    confusing freezes overheated hidden irritating missing lag lags laggy closures withheld blame criticized criticised fined costlier
    breaks broke run-down weaker clumsier bloated cumbersome unresponsive noisy fragile crash crashes finicky tedious underwhelming mediocre lackluster restrictive
    bare-bones patchy spotty unhelpful unclear hefty hike hikes downtime complaints complain drawback drawbacks downside downsides
    weakness weaknesses shortcoming shortcomings obsolete discontinued insecure sued lawsuit layoffs inferior disappoints`,
  ),
  ...worth(
    -3,
    'nightmare misleading irrelevant breach stolen outage avoid dealbreaker grossly overheats scam catastrophic unusable',
  ),
  ...worth(
    0,
    `like want wants pay pays paid share shared no yes free reach help helps help support supports big join alone hard cool stop
    stopped matter number please care interest growing growth straight active shop chance demand demands novel accept limits limit
    lowest drag vs top best-selling gross fire block cash charge charges`,
  ),
};

/**
 * The same for German, French and Spanish, the commonest only: answers in other languages than these and English are NEUTRAL.
 */
export const foreignReviewWords: Readonly<Record<string, number>> = {
  ...worth(
    2,
    `gut gute guter gutes günstig günstige günstiger günstigste preiswert zuverlässig überzeugte überzeugt empfehlenswert solide solides stark starke stärke
    hervorragend hervorragende beste besten bester besser übersichtlich einfach rabatt vorn empfehle empfehlen`,
  ),
  ...worth(
    -2,
    'teuer teure teurer schwach schwache schlecht schlechte leider umständlich langsam fehlt veraltet unübersichtlich mangelhaft',
  ),
  ...worth(
    2,
    'excellent excellente avantageux avantageuse meilleur meilleure bon bonne pratique fiable recommande simple rapide efficace',
  ),
  ...worth(
    -2,
    'cher chère chers vieillotte mauvais mauvaise lent lente compliqué décevant décevante chuté mécontente',
  ),
  ...worth(2, 'excelente mejor mejores buena bueno buen recomiendo barato rápido recomendable'),
  ...worth(-2, 'caro cara malo mala lento lenta pésima pésimo peor complicado'),
};

/** Several words that are read as one. */
export const reviewPhrases: Readonly<Record<string, number>> = {
  'hard to beat': 4,
  'gold standard': 3,
  'market leader': 2,
  'good value': 2,
  'value for money': 2,
  'easy to use': 3,
  'stands out': 2,
  'stand out': 2,
  'all-rounder': 2,
  'go with': 2,
  'would choose': 3,
  "i'd choose": 3,
  'look at': 1,
  'swear by': 3,
  'works well': 2,
  'work well': 2,
  'well documented': 2,
  'well designed': 2,
  'packed with': 2,
  'top pick': 3,
  'better pick': 3,
  'would pick': 3,
  'value pick': 2,
  'drag and drop': 1,
  'obvious choice': 3,
  'full control': 2,
  'industry standard': 3,
  'worth the money': 2,
  'nothing special': -2,
  'caught up': 1,
  'long-lasting': 2,
  'never again': -4,
  'learning curve': -1,
  'at a price': -1,
  'falls short': -2,
  'fall short': -2,
  'not for everyone': -1,
};

function worth(value: number, words: string): Record<string, number> {
  return Object.fromEntries(words.split(/\s+/).map((word) => [word, value]));
}
