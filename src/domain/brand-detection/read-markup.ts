import type { Span } from './brand.ts';

/** What in an answer is not to be read, and the addresses that it links. */
export interface Markup {
  /** Code, tags, targets of links, what follows the host of an address; in order, none within another. */
  readonly hidden: readonly Span[];
  readonly links: readonly string[];
}

/**
 * Tell what the reader of an answer in Markdown, or with tags of HTML, does not see as text.
 *
 * Each alternative is bounded, or ends at what begins the next: the time is linear whatever the text.
 */
export function readMarkup(text: string): Markup {
  const hidden: Span[] = [];
  const links: string[] = [];
  for (const match of text.matchAll(markup)) {
    const { target, reference, tag, scheme, rest } = match.groups ?? {};
    const start = match.index;
    const end = start + match[0].length;
    if (scheme !== undefined) {
      const host = start + scheme.length;
      links.push(match[0].replace(/[.,;:!?*_'"]+$/, ''));
      hidden.push({ start, end: host });
      if (rest) hidden.push({ start: end - rest.length, end });
      continue;
    }
    hidden.push({ start: target === undefined ? start : start + 1, end });
    const address = target ?? reference ?? /\shref\s*=\s*["']?([^"'\s>]+)/i.exec(tag ?? '')?.[1];
    if (address) links.push(address);
  }
  return { hidden, links };
}

const markup = new RegExp(
  [
    // Lazy, and no repeated group: that would have V8 remember each line of a long one.
    /^ {0,3}(?<ticks>```|~~~)[\s\S]*?(?:\n {0,3}\k<ticks>[^\n]*|(?![\s\S]))/,
    /\]\(\s?<?(?<target>[^\s()<>]{1,2048})>?(?:\s+["'(][^\n)]{0,300})?\)/,
    /^ {0,3}\[[^\]\n]{1,100}\]:[ \t]*<?(?<reference>[^\s<>]{1,2048})>?[^\n]{0,300}/,
    /(?<tag><\/?(?!https?:)[a-z][^<>]{0,2048}>)/,
    /(?<scheme>https?:\/\/)[^\s/?#<>()[\]"'`|\u3000-\u303f]{1,255}(?<rest>[/?#][^\s<>()[\]"'`|\u3000-\u303f]{0,2048})?/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'gimu',
);
