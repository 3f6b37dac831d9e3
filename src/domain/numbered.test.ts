import { raw } from '@mikro-orm/core';
import { numbered } from './numbered.ts';

test('values are numbered in the order in which they stand, those of inner fragments among them', () => {
  const inner = raw('b between ? and ?', [2, 3]);
  expect(numbered(raw('a = ? and (?) and c = ?', [1, inner, 4]))).toEqual([
    'a = $1 and (b between $2 and $3) and c = $4',
    [1, 2, 3, 4],
  ]);
});

test('a fragment that stands in two places has its values once; equal values of two are two', () => {
  const ids = raw('?::uuid[]', ['{x}']);
  const query = raw('a = any (?) or b = any (?) or c = ? or d = ?', [ids, ids, 'y', 'y']);
  expect(numbered(query)).toEqual([
    'a = any ($1::uuid[]) or b = any ($1::uuid[]) or c = $2 or d = $3',
    ['{x}', 'y', 'y'],
  ]);
});

test('a value is never read as SQL', () => {
  expect(numbered(raw('a = ?', ['? or $1']))).toEqual(['a = $1', ['? or $1']]);
});
