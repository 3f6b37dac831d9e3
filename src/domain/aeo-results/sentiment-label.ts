/** How an answer speaks of a brand, in a word, as detection of brands grades it. */
export const sentimentLabels = ['POSITIVE', 'NEUTRAL', 'NEGATIVE', 'MIXED'] as const;
export type SentimentLabel = (typeof sentimentLabels)[number];
