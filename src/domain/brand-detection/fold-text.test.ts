import fc from 'fast-check';
import { foldName } from './fold-character.ts';
import { type FoldedText, foldText } from './fold-text.ts';

const textOf = ({ units, length }: FoldedText) => String.fromCharCode(...units.subarray(0, length));

test.each([
  ['Crédit Agricole', 'credit agricole'],
  ['Crédit'.normalize('NFD'), 'credit'],
  ['WEIẞ & SÖHNE', 'weiss & sohne'],
  ['Weiß', 'weiss'],
  ['İŞBANK ışık', 'isbank isik'],
  ['Ｓｏｎｙ', 'sony'],
  ['T‑Mobile T–Mobile', 't-mobile t-mobile'],
  ['Macy’s', "macy's"],
  ['Macy`s', "macy's"],
  ['Sam\u00adsung', 'samsung'],
  ['Żabka Ørsted Łódź', 'zabka orsted lodz'],
  ['Best\u00a0 Buy\nBest', 'best buy best'],
  ['one\n\ntwo', 'one\ntwo'],
  ['삼성 ソニー 小米', '삼성 ソニー 小米'],
])('%j is folded to %j', (text, folded) => {
  expect(textOf(foldText(text))).toBe(folded);
});

test('what is hidden ends words, and is one line feed', () => {
  expect(textOf(foldText('Best (x) Buy', [{ start: 4, end: 9 }]))).toBe('best\nbuy');
});

test('each unit stands for the characters that it is folded from', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
      const folded = foldText(text);
      for (let index = 0; index < folded.length; index++) {
        const start = folded.starts[index] ?? -1;
        const end = folded.ends[index] ?? -1;
        expect(start).toBeLessThan(end);
        expect(end).toBeLessThanOrEqual(text.length);
        expect(start).toBeGreaterThanOrEqual(folded.starts[index - 1] ?? 0);
      }
    }),
  );
});

test('a name is folded as it is in a text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 30 }), (name) => {
      const inText = textOf(foldText(name)).replaceAll('\n', ' ').trim();
      expect(foldName(name).replaceAll('\n', ' ').trim()).toBe(inText);
    }),
  );
});
