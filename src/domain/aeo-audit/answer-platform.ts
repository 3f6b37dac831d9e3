import type {
  CredentialPlatform,
  OpenCredential,
} from '../platform-credential/credential-platform.ts';

/** Platforms that answer questions, as set-ups, answers and credentials name them. */
export const answerPlatformNames = ['OPENAI', 'ANTHROPIC', 'PERPLEXITY', 'GEMINI'] as const;

export type AnswerPlatformName = (typeof answerPlatformNames)[number];

/** A question as a platform is asked it. */
export interface PlatformQuestion {
  text: string;
  /** As the platform names it. */
  model: string;
  /** Reasoning is among them, where the model reasons. */
  maxOutputTokens: number;
  /** Whether it may look things up, and so cite. */
  webSearch: boolean;
  /** Where who asks is, as a BCP 47 tag such as `en-US`. */
  locale: string | null;
}

/** A page that an answer names as its source, and the part of the text that stands on it. */
export interface AnswerCitation {
  /** Of Gemini, a redirect that leads to the page. */
  url: string;
  title: string | null;
  /** Host of the page, in lower case, without `www.`; null where nobody says it. */
  domain: string | null;
  /** In UTF-16 units of the answer's text; both null where the platform names the page for no part of it. */
  start: number | null;
  end: number | null;
}

/** What an answer took. Tokens are those that are paid for. */
export interface AnswerUsage {
  /** All of the input, what was cached and what was read on the web included. */
  inputTokens: number;
  /** All of the output, reasoning included. */
  outputTokens: number;
  cachedInputTokens: number;
  reasoningTokens: number;
  /** Searches that the platform charges for. */
  searches: number;
}

/** COMPLETE; LENGTH: it ran into a limit; REFUSED: the model would not; FILTERED: the platform cut it off. */
export const finishReasons = ['COMPLETE', 'LENGTH', 'REFUSED', 'FILTERED'] as const;

/** What a platform says of its limits; null for what it does not say. */
export interface RateNews {
  requestsLimit: number | null;
  requestsRemaining: number | null;
  requestsResetAt: Date | null;
  tokensLimit: number | null;
  tokensRemaining: number | null;
  tokensResetAt: Date | null;
}

/** An answer, in the same form for all platforms. */
export interface PlatformAnswer {
  /** Not empty, unless it was refused or filtered. */
  text: string;
  citations: AnswerCitation[];
  usage: AnswerUsage;
  /** The version that answered, in the platform's words. */
  model: string;
  finishReason: (typeof finishReasons)[number];
  requestId: string | null;
  rate: RateNews | null;
  /** The whole of the platform's answer, as it came: JSON. */
  raw: string;
}

/** A platform that answers questions. */
export interface AnswerPlatform extends CredentialPlatform {
  /**
   * Ask once: what is asked again, and when, is for those to decide who wait without holding a worker.
   *
   * @param signal ends the call; what is thrown then is its reason.
   * @throws {PlatformError}
   */
  ask(
    question: PlatformQuestion,
    credential: OpenCredential,
    signal: AbortSignal,
  ): Promise<PlatformAnswer>;
}

/** Every platform that can be asked. */
export type AnswerPlatforms = ReadonlyMap<AnswerPlatformName, AnswerPlatform>;
