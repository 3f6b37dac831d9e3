/** How an answer speaks of a brand, in a word, as detection of brands grades it; UNGRADED where it does not know the language. */
export const sentimentLabels = ['POSITIVE', 'NEUTRAL', 'NEGATIVE', 'MIXED', 'UNGRADED'] as const;
export type SentimentLabel = (typeof sentimentLabels)[number];
