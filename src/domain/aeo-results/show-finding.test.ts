import type { AnswerFinding, FoundMention } from './read-findings.ts';
import { showContexts, showMentions } from './show-finding.ts';

const finding = (text: string, name: string): AnswerFinding => ({
  ...{ answerId: '', brandId: '', mentionCount: 1, citationCount: 0, position: 1 },
  ...{ confidence: 1, sentiment: 0, sentimentLabel: 'NEUTRAL', grader: null },
  mentions: [...text.matchAll(new RegExp(name, 'g'))].map(
    ({ index }): FoundMention => ({
      ...{ start: index, end: index + name.length, kind: 'NAME', confidence: 1, sentiment: 0 },
    }),
  ),
});
const contextsIn = (text: string, name: string, most = 3) =>
  showContexts(text, finding(text, name), most);

test('mentions are cut by UTF-16 units', () => {
  const text = '👍 Acmé!';
  expect(showMentions(text, finding(text, 'Acmé'))).toMatchObject([{ start: 3, text: 'Acmé' }]);
});

test('contexts are whole sentences, each once, as many as are wanted', () => {
  const text = 'Acme here, Acme there.  Nothing.\n\n- Acme again.\nAcme. And Acme!';
  const contexts = contextsIn(text, 'Acme');
  expect(contexts.map((each) => each.text)).toEqual([
    ...['Acme here, Acme there.', '- Acme again.', 'Acme.'],
  ]);
  for (const { start, end, text: shown } of contexts) expect(text.slice(start, end)).toBe(shown);
  expect(contextsIn(text, 'Acme', 1)).toHaveLength(1);
});

test('of long sentences it is whole words around the mention', () => {
  const words = 'wonderful '.repeat(40);
  const [context] = contextsIn(`${words}Acme ${words}`, 'Acme');
  expect(context?.text).toMatch(/^(wonderful )+Acme( wonderful)+$/);
  expect(context?.text.length).toBeLessThan(310);
});

test('without spaces it is cut between characters', () => {
  const text = `${'👍'.repeat(200)}Acme${'👍'.repeat(200)}`;
  const [context] = contextsIn(text, 'Acme');
  expect(context?.text).toMatch(/^(👍)+Acme(👍)+$/u);
});
