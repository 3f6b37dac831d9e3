/** A brand to look for, as its client's profile tells it. */
export interface Brand {
  readonly id: string;
  /** The brand's name first, then its aliases. */
  readonly names: readonly string[];
  /** Its domains; each stands for the registrable domain that it belongs to. */
  readonly domains: readonly string[];
  /** Words that tell a brand from the word of which its name is made: its industry, its products. */
  readonly contextWords: readonly string[];
}

/** A stretch of an answer's text, in UTF-16 units: what `text.slice(start, end)` takes. */
export interface Span {
  readonly start: number;
  readonly end: number;
}
