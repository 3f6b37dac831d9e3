import type { AnswerCitation } from '../../../domain/aeo-audit/answer-platform.ts';
import { cite, mostCitations, placesIn } from '../cite.ts';
import { type Part, part, parts, place, words } from '../read-json.ts';

/**
 * Citations of the pages that a text is grounded in: one for each page of each supported segment, and one without a
 * place for a page that supports none.
 *
 * Segments are counted in bytes of UTF-8 within one part of the text. The address of a page is Google's redirect; its
 * title is the page's host, unless `domain` says it.
 *
 * @param own the texts of the answer's parts.
 */
export function citeGrounding(own: readonly string[], grounding: Part): AnswerCitation[] {
  const chunks = parts(grounding.groundingChunks).map(({ web }) => part(web));
  let length = 0;
  const read = own.map((text) => {
    const offset = length;
    length += text.length;
    return { offset, placeOf: placesIn(text, 'BYTES') };
  });
  const citeChunk = ({ uri, title, domain }: Part, span: Parameters<typeof cite>[2]) =>
    cite(uri, title, span, hostIn(domain) ?? hostIn(title));
  const supported = new Set<Part>();
  const citations: AnswerCitation[] = [];
  for (const { segment, groundingChunkIndices: indices } of parts(grounding.groundingSupports)) {
    const { partIndex, startIndex, endIndex } = part(segment);
    if (citations.length >= mostCitations) break;
    // Zeros are left out of its JSON.
    const piece = read[place(partIndex) ?? 0];
    const [start, end] = [place(startIndex) ?? 0, place(endIndex)];
    if (!piece || end === null || !Array.isArray(indices)) continue;
    const { offset, placeOf } = piece;
    const span = { start: offset + placeOf(start), end: offset + placeOf(end) };
    for (const each of indices.slice(0, mostCitations)) {
      const chunk = chunks[Number(each)];
      if (!chunk) continue;
      supported.add(chunk);
      citations.push(...citeChunk(chunk, span));
    }
  }
  for (const chunk of chunks.slice(0, mostCitations))
    if (!supported.has(chunk)) citations.push(...citeChunk(chunk, null));
  return citations;
}

function hostIn(text: unknown): string | null {
  const host =
    words(text)
      ?.toLowerCase()
      .replace(/^www\./, '') ?? null;
  return host && /^[^\s/]+\.[^\s/.]{2,}$/.test(host) ? host : null;
}
