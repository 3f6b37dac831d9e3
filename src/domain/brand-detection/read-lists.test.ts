import { readLists } from './read-lists.ts';

const listsOf = (text: string) =>
  readLists(text).map(
    ({ head, rank, list }) => `${list}.${rank} ${text.slice(head.start, head.end)}`,
  );

test('numbers go on over what is below them', () => {
  expect(listsOf('### 1. One\n\nText.\n- a\n- b\n\n### 2. Two\n- c')).toEqual([
    '0.1 One',
    '1.1 a',
    '1.2 b',
    '0.2 Two',
    '2.1 c',
  ]);
});

test('nested lists count for themselves, and a paragraph ends bullets', () => {
  expect(listsOf('- a\n  - x\n  - y\n- b\n\nText.\n- c')).toEqual([
    '0.1 a',
    '1.1 x',
    '1.2 y',
    '0.2 b',
    '2.1 c',
  ]);
});

test('a number that does not follow begins a list, unless all are 1', () => {
  expect(listsOf('1. a\n2. b\n1. c\n\n1) d\n1) e')).toEqual([
    '0.1 a',
    '0.2 b',
    '1.1 c',
    '1.2 d',
    '1.3 e',
  ]);
});

test('rows of a table count after its rule', () => {
  expect(listsOf('| Tool | Plan |\n|---|---|\n| A | 1 |\n| B | 2 |')).toEqual([
    '0.1 | A | 1 |',
    '0.2 | B | 2 |',
  ]);
});
