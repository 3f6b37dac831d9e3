import { isRaw, type RawQueryFragment } from '@mikro-orm/core';

/**
 * SQL that is made of fragments, with `$1`, `$2`, ... in place of their values; and these values, in order. Those of a
 * fragment that stands in several places are passed once.
 */
export function numbered(fragment: RawQueryFragment): [text: string, values: unknown[]] {
  const values: unknown[] = [];
  const written = new Map<RawQueryFragment, string>();
  const write = (each: RawQueryFragment): string => {
    const known = written.get(each);
    if (known !== undefined) return known;
    const rest = each.params.values();
    const text = each.sql.replaceAll('?', () => {
      const { value } = rest.next();
      return isRaw(value) ? write(value) : `$${values.push(value)}`;
    });
    written.set(each, text);
    return text;
  };
  return [write(fragment), values];
}
