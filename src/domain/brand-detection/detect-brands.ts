import type { Brand, Span } from './brand.ts';
import { type Context, contextsOf } from './cut-contexts.ts';
import { type BrandCitation, findCitations } from './find-citations.ts';
import type { NameKind } from './find-names.ts';
import { findPositions, type Position } from './find-positions.ts';
import { gradeMentions } from './grade-mentions.ts';
import { type Tally, wordsFor } from './grade-sentiment.ts';
import { type JudgedPlace, judgePlaces } from './judge-places.ts';
import { placeNames } from './place-names.ts';
import { type Profile, prepareProfile } from './profile.ts';
import { readLanguage } from './read-language.ts';
import { readMarkup } from './read-markup.ts';
import { readNoInformation } from './read-no-information.ts';
import { registrableDomain } from './registrable-domain.ts';
import { type Sentiment, sentimentGrader, sentimentOf } from './sentiment.ts';
import { splitSentences } from './split-sentences.ts';

/** One place where a brand is named. */
interface Mention extends Span {
  /** As it stands in the answer. */
  readonly text: string;
  /** The name, alias or domain of the profile that it stands for. */
  readonly name: string;
  readonly kind: NameKind;
  /** From 0 to 1: how sure it is that the brand is meant. */
  readonly confidence: number;
  readonly sentiment: Sentiment;
}

/** What an answer says of one brand. */
export interface BrandFinding {
  readonly brandId: string;
  /** In the order of the text. */
  readonly mentions: readonly Mention[];
  /** Where the first mention begins, null without any. */
  readonly firstMentionAt: number | null;
  readonly position: Position | null;
  readonly citations: readonly BrandCitation[];
  /** Null without a mention. */
  readonly sentiment:
    | (Sentiment & { readonly grader: string; readonly graderVersion: string })
    | null;
  /** The first sentences that name the brand, cut around the mention where they are long. */
  readonly contexts: readonly Context[];
}

/** An answer of a platform: its text in Markdown, and the addresses that the platform reports with it. */
export interface Answer {
  readonly text: string;
  readonly citations: readonly {
    readonly url: string;
    readonly title: string | null;
    /** Host of the page, where the address is not the page's own. */
    readonly domain?: string | null;
  }[];
}

export interface DetectionOptions {
  /** How sure a mention must be; Source: seed 003. */
  readonly threshold?: number;
  /** Contexts kept of a brand. */
  readonly contexts?: number;
}

/**
 * Find out of an answer which brands it names, where, how sure that is, what it makes of them and what of theirs it cites.
 *
 * Spans are UTF-16 units of the answer's own text. Never throws; time and memory are linear in the text.
 * @param brands as a list, or prepared by `prepareProfile` where there are many answers
 * @returns a finding for each brand, in their order; all of an answer without information are empty but for citations
 */
export function detectBrands(
  answer: Answer,
  brands: readonly Brand[] | Profile,
  { threshold = 0.7, contexts = 3 }: DetectionOptions = {},
): { noInformation: boolean; brands: BrandFinding[] } {
  const { text } = answer;
  const profile = 'names' in brands ? brands : prepareProfile(brands);
  const { hidden, links } = readMarkup(text);
  const addresses = [
    ...answer.citations.map(({ url, domain }) => ({
      url,
      domain: registrableDomain(domain ?? url),
    })),
    ...links.map((url) => ({ url, domain: registrableDomain(url) })),
  ];
  const linked = new Set(addresses.flatMap(({ domain }) => domain ?? []));
  const sentences = splitSentences(text);
  const judged = judgePlaces(text, placeNames(text, profile, hidden), {
    profile,
    sentences,
    linked,
  });
  const sure = judged.filter(({ confidence }) => confidence >= threshold);
  const { noInformation, known } = readNoInformation(text, sentences, sure);
  const named = known.map((place) => ({ ...place, brandId: place.brand.id }));
  const language = named.length > 0 ? readLanguage(text) : null;
  const tallies = language && gradeMentions(text, sentences, named, wordsFor(language));
  const sentimentAt = (indexes: readonly number[]) =>
    sentimentOf(tallies && indexes.map((index) => tallies[index] as Tally));
  const positions = findPositions(text, named);
  const citations = findCitations(addresses, profile.domains);
  const byBrand = Map.groupBy(named.keys(), (index) => named[index]?.brandId);
  const findings = profile.brands.map(({ id }): BrandFinding => {
    const own = byBrand.get(id) ?? [];
    const places = own.map((index) => named[index] as JudgedPlace);
    return {
      brandId: id,
      mentions: own.map((index) =>
        toMention(text, named[index] as JudgedPlace, sentimentAt([index])),
      ),
      firstMentionAt: places[0]?.start ?? null,
      position: positions.get(id) ?? null,
      citations: citations.get(id) ?? [],
      sentiment: places.length > 0 ? { ...sentimentAt(own), ...sentimentGrader } : null,
      contexts: contextsOf(text, sentences, places, contexts),
    };
  });
  return { noInformation, brands: findings };
}

function toMention(text: string, place: JudgedPlace, sentiment: Sentiment): Mention {
  const { start, end, name, kind, confidence } = place;
  return { start, end, text: text.slice(start, end), name, kind, confidence, sentiment };
}
