import { isRaw, type RawQueryFragment } from '@mikro-orm/core';

/** SQL that is made of fragments, with `$1`, `$2`, ... in place of their values; and these values, in order. */
export function numbered({ sql, params }: RawQueryFragment): [text: string, values: unknown[]] {
  const values: unknown[] = [];
  const write = (text: string, parameters: readonly unknown[]): string => {
    let index = 0;
    return text.replaceAll('?', () => {
      const value = parameters[index++];
      return isRaw(value) ? write(value.sql, value.params) : `$${values.push(value)}`;
    });
  };
  return [write(sql, params), values];
}
