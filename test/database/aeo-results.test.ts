import type { Client } from '../../src/domain/client/client.entity.ts';
import { toGlobalId } from '../../src/domain/global-id.ts';
import { type PutQuestion, putAudit } from '../support/aeo-audits.ts';
import {
  type Agency,
  addClient,
  addOrganization,
  createAgency,
  findActor,
} from '../support/agency.ts';
import { type Answer, ask } from '../support/ask.ts';
import { createGraph } from '../support/graph.ts';
import { runAs } from '../support/test-services.ts';

let agency: Agency;
let graph: Awaited<ReturnType<typeof createGraph>>;
let client: Client;
let auditId: string;
let put: Awaited<ReturnType<typeof putAudit>>;

/** What the figures below are worked out from, by hand. */
const questions: PutQuestion[] = [
  {
    ...{ text: 'Which tool is best?', priority: 0.9 },
    answers: [
      {
        ...{ platform: 'OPENAI', text: 'Acme is great. Rival is fine, but Acme is cheaper.' },
        sentiments: { Acme: 'POSITIVE' },
        ...{ cites: ['acme.example', 'reviews.example'], latencyMs: 100, cost: '0.01' },
      },
      {
        ...{ platform: 'ANTHROPIC', text: 'Rival first, then Acme.', latencyMs: 200 },
        sentiments: { Acme: 'NEGATIVE' },
      },
    ],
  },
  {
    ...{ text: 'What does it cost?', category: 'PRICING', priority: 0.8 },
    answers: [
      {
        ...{ platform: 'OPENAI', text: 'Rival costs 5. Rival also has a free plan.' },
        ...{ cites: ['rival.example', 'reviews.example', 'reviews.example'], latencyMs: 300 },
        cost: '0.02',
      },
      { platform: 'ANTHROPIC', text: 'Rival or Third.', latencyMs: 400 },
    ],
  },
  {
    ...{ text: 'How much is the best?', category: 'PRICING', priority: 0.4 },
    answers: [
      {
        ...{ platform: 'OPENAI', text: 'Third.', cites: ['reviews.example'], latencyMs: 500 },
        sentiments: { Third: 'UNGRADED' },
      },
      { platform: 'ANTHROPIC', text: 'I do not know.', isEmpty: true, latencyMs: 600 },
    ],
  },
  {
    ...{ text: 'And the worst?', category: 'PRICING', priority: 0.1 },
    answers: [
      { platform: 'OPENAI', text: null, errorCode: 'TIMEOUT', failures: 3 },
      { platform: 'ANTHROPIC', text: null, status: 'SKIPPED', failures: 0 },
    ],
  },
];

beforeAll(async () => {
  agency = await createAgency();
  graph = await createGraph(agency);
  client = await addClient(agency);
  put = await putAudit(agency, client, {
    ...{ questions, status: 'COMPLETED_WITH_ERRORS', createdAt: new Date('2026-01-01') },
  });
  auditId = toGlobalId('AeoAudit', put.auditId);
});
afterAll(async () => {
  await graph.close();
  await agency.close();
});

async function told(text: string, viewer = agency.actor) {
  const { data, error } = await ask(graph, viewer, text);
  if (error) throw error;
  return data;
}

/** What an audit says. */
const audited = async (selection: string, id = auditId, viewer = agency.actor) =>
  (await told(`{ node(id: "${id}") { ... on AeoAudit { ${selection} } } }`, viewer)).node;

const share = '{ value numerator denominator }';

test('results are what the answers say, in all and by each group', async () => {
  const { results } = await audited(`results {
    counts { wanted answered failed skipped noInformation }
    brands {
      name isOwn brand { name } visibility { value low high numerator denominator } shareOfVoice ${share}
      citationRate ${share} position { value count }
      sentiment { value count positive neutral negative mixed ungraded graders }
    }
    byPlatform { platform counts { answered failed } brands { name visibility ${share} citationRate ${share} } }
    byCategory { category counts { wanted } brands { name shareOfVoice ${share} } }
    byType { type counts { wanted } }
  }`);
  expect(results.counts).toEqual({
    ...{ wanted: 8, answered: 6, failed: 1, skipped: 1, noInformation: 1 },
  });
  const [acme, rival, third] = results.brands;
  // 2 of 6, by Wilson's formula: 0.0968 to 0.7000. 3 mentions of 10: Rival has 5 and Third 2.
  expect(acme).toEqual({
    ...{ name: 'Acme', isOwn: true, brand: { name: 'Acme' } },
    visibility: {
      ...{ value: 1 / 3, numerator: 2, denominator: 6 },
      ...{ low: expect.closeTo(0.0968, 4), high: expect.closeTo(0.7, 4) },
    },
    shareOfVoice: { value: 0.3, numerator: 3, denominator: 10 },
    citationRate: { value: 1 / 3, numerator: 1, denominator: 3 },
    position: { value: 1.5, count: 2 },
    sentiment: {
      ...{ value: 0, count: 2, positive: 1, neutral: 0, negative: 1, mixed: 0, ungraded: 0 },
      graders: ['by hand'],
    },
  });
  expect(rival).toMatchObject({
    ...{ name: 'Rival', isOwn: false },
    visibility: { numerator: 4, denominator: 6 },
    shareOfVoice: { numerator: 5, denominator: 10 },
    position: { value: 1.25, count: 4 },
  });
  // A language that is not graded is no neutral grade: it counts apart.
  expect(third).toMatchObject({
    ...{ name: 'Third', visibility: { numerator: 2 } },
    sentiment: { value: 0, count: 1, neutral: 1, ungraded: 1 },
  });
  const ofAcme = (group: { brands: object[] }) => group.brands[0];
  expect(results.byPlatform.map(({ platform }: { platform: string }) => platform)).toEqual([
    'ANTHROPIC',
    'OPENAI',
  ]);
  expect(results.byPlatform.map(ofAcme)).toEqual([
    {
      ...{ name: 'Acme', visibility: { value: 1 / 3, numerator: 1, denominator: 3 } },
      // It does not search the web.
      citationRate: { value: null, numerator: 0, denominator: 0 },
    },
    {
      ...{ name: 'Acme', visibility: { value: 1 / 3, numerator: 1, denominator: 3 } },
      citationRate: { value: 1 / 3, numerator: 1, denominator: 3 },
    },
  ]);
  expect(results.byCategory.map(ofAcme)).toEqual([
    { name: 'Acme', shareOfVoice: { value: 0.6, numerator: 3, denominator: 5 } },
    { name: 'Acme', shareOfVoice: { value: 0, numerator: 0, denominator: 5 } },
  ]);
  expect(results.byType).toEqual([{ type: 'INDUSTRY_GENERAL', counts: { wanted: 8 } }]);
  const { results: some } = await audited(
    `results(platforms: [OPENAI], categories: [PRICING]) { counts { wanted answered } byPlatform { platform } }`,
  );
  expect(some).toEqual({
    ...{ counts: { wanted: 3, answered: 2 }, byPlatform: [{ platform: 'OPENAI' }] },
  });
});

test('every figure opens to its answers, with the spans that it stands on', async () => {
  const { answers } = await audited(`answers(last: 1, filter: { isMentioned: true }) {
    pageInfo { hasPreviousPage startCursor }
    nodes {
      platform repetition status text model finishReason latencyMs inputTokens outputTokens cost isEmpty
      question { text place } citations { place domain url brand { name } }
      findings {
        brand { name } mentionCount citationCount position sentiment sentimentLabel grader confidence
        mentions { start end text kind sentiment } contexts { start end text }
      }
    }
  }`);
  const [answer] = answers.nodes;
  expect(answer).toMatchObject({
    ...{ platform: 'OPENAI', repetition: 1, status: 'ANSWERED', finishReason: 'COMPLETE' },
    text: 'Acme is great. Rival is fine, but Acme is cheaper.',
    ...{ latencyMs: 100, cost: '0.01', isEmpty: false },
    question: { text: 'Which tool is best?', place: 1 },
  });
  expect(answer.citations.map(({ brand }: { brand: object }) => brand)).toEqual([
    { name: 'Acme' },
    null,
  ]);
  const [acme, rival] = answer.findings;
  expect(acme).toMatchObject({
    ...{ brand: { name: 'Acme' }, mentionCount: 2, citationCount: 1, position: 1 },
    ...{ sentiment: 0.5, sentimentLabel: 'POSITIVE', grader: 'by hand', confidence: 1 },
    mentions: [
      { start: 0, end: 4, text: 'Acme', kind: 'NAME' },
      { start: 34, end: 38, text: 'Acme', kind: 'NAME' },
    ],
    contexts: [
      { start: 0, end: 14, text: 'Acme is great.' },
      { start: 15, end: 50, text: 'Rival is fine, but Acme is cheaper.' },
    ],
  });
  expect(rival.mentions).toHaveLength(1);
  const { hasPreviousPage, startCursor } = answers.pageInfo;
  expect(hasPreviousPage).toBe(true);
  const textsOf = async (filter: string, more = '') =>
    (
      await audited(`answers(filter: { ${filter} }${more}) { nodes { text errorCode } }`)
    ).answers.nodes.map(({ text, errorCode }: Record<string, string>) => text ?? errorCode);
  expect(await textsOf('isMentioned: true', `, before: "${startCursor}"`)).toEqual([
    'Rival first, then Acme.',
  ]);
  const thirdId = toGlobalId('Brand', put.brandIds.Third ?? '');
  expect(await textsOf(`brandId: "${thirdId}"`)).toEqual(['Rival or Third.', 'Third.']);
  expect(await textsOf('isMentioned: false, category: PRICING, platform: OPENAI')).toHaveLength(2);
  expect(await textsOf('isCited: true')).toHaveLength(1);
  expect(await textsOf('sentiment: NEGATIVE')).toEqual(['Rival first, then Acme.']);
  expect(await textsOf(`brandId: "${thirdId}", sentiment: UNGRADED`)).toEqual(['Third.']);
  expect(await textsOf('domain: "reviews.example"')).toHaveLength(3);
  expect(await textsOf('status: FAILED, errorCode: "TIMEOUT"')).toEqual(['TIMEOUT']);
  expect(await textsOf('domain: "a\\u0000"')).toEqual([]);
  expect(await textsOf('isEmpty: true')).toEqual(['I do not know.']);
  const { questions: asked } = await audited(
    'questions(first: 1, after: null) { nodes { id text priority factors { name weight value } } }',
  );
  expect(asked.nodes).toEqual([
    {
      ...{ id: expect.any(String), text: 'Which tool is best?', priority: 0.9 },
      factors: [{ name: 'TYPE', weight: 1, value: 0.9 }],
    },
  ]);
  expect(await textsOf(`questionId: "${asked.nodes[0].id}"`)).toHaveLength(2);
});

test('gaps and sources say where competitors are without the brand', async () => {
  const { gaps, sources } = await audited(`
    gaps { question { text } answers mentioningAnswers platforms severity competitors { brand { name } answers mentions } }
    sources(first: 2) { domain citations answers answersWithoutBrand platforms brand { name } }
  `);
  expect(gaps).toEqual([
    {
      ...{ question: { text: 'What does it cost?' }, answers: 2, mentioningAnswers: 2 },
      ...{ platforms: ['ANTHROPIC', 'OPENAI'], severity: 0.8 },
      competitors: [
        { brand: { name: 'Rival' }, answers: 2, mentions: 3 },
        { brand: { name: 'Third' }, answers: 1, mentions: 1 },
      ],
    },
    {
      ...{ question: { text: 'How much is the best?' }, answers: 2, mentioningAnswers: 1 },
      ...{ platforms: ['OPENAI'], severity: 0.2 },
      competitors: [{ brand: { name: 'Third' }, answers: 1, mentions: 1 }],
    },
  ]);
  expect(sources).toEqual([
    {
      ...{ domain: 'reviews.example', citations: 4, answers: 3, answersWithoutBrand: 2 },
      ...{ platforms: ['OPENAI'], brand: null },
    },
    {
      ...{ domain: 'acme.example', citations: 1, answers: 1, answersWithoutBrand: 0 },
      ...{ platforms: ['OPENAI'], brand: { name: 'Acme' } },
    },
  ]);
});

test('recommendations are made of figures, and name what they stand on', async () => {
  const { recommendations } = await audited(`recommendations {
    kind sentence priority concerned answered domains questions { text } answers { text }
  }`);
  expect(recommendations.map(({ kind }: { kind: string }) => kind)).toEqual([
    ...['GAP', 'CITED_SOURCE', 'SENTIMENT'],
  ]);
  expect(recommendations[0]).toEqual({
    kind: 'GAP',
    sentence:
      'Answers to 2 questions of the category pricing mention competitors and never Acme; most often Rival, in 2 answers.',
    ...{ priority: 0.5, concerned: 3, answered: 6, domains: [] },
    questions: [{ text: 'What does it cost?' }, { text: 'How much is the best?' }],
    answers: expect.arrayContaining([{ text: 'Rival or Third.' }, { text: 'Third.' }]),
  });
  expect(recommendations[1]).toMatchObject({
    sentence: 'reviews.example is cited in 3 answers, of which 2 mention competitors and not Acme.',
    ...{ priority: 1 / 3, domains: ['reviews.example'] },
  });
  expect(recommendations[2]).toMatchObject({
    sentence: '1 of 2 answers that mention Acme speak badly of it.',
    answers: [{ text: 'Rival first, then Acme.' }],
  });
});

test('statistics say what asking each platform took', async () => {
  const { platformStatistics } = await audited(`platformStatistics {
    platform calls answered failed failureShare ${share} latencyP50Ms latencyP95Ms
    inputTokens outputTokens searches cost unpriced errors { code count }
  }`);
  expect(platformStatistics).toEqual([
    {
      ...{ platform: 'ANTHROPIC', calls: 3, answered: 3, failed: 0 },
      failureShare: { value: 0, numerator: 0, denominator: 3 },
      ...{ latencyP50Ms: 400, latencyP95Ms: 600, inputTokens: 300, outputTokens: 600 },
      ...{ searches: 0, cost: '0', unpriced: 3, errors: [] },
    },
    {
      ...{ platform: 'OPENAI', calls: 6, answered: 3, failed: 1 },
      failureShare: { value: 0.25, numerator: 1, denominator: 4 },
      ...{ latencyP50Ms: 300, latencyP95Ms: 500, inputTokens: 300, outputTokens: 600 },
      ...{ searches: 6, cost: '0.03', unpriced: 1, errors: [{ code: 'TIMEOUT', count: 1 }] },
    },
  ]);
});

test('two audits of a set-up are compared, and stand in its trend', async () => {
  const always = (text: string, names: string, times: number): PutQuestion => ({
    text,
    answers: Array.from({ length: times }, () => ({ platform: 'OPENAI', text: names })),
  });
  const wasAsked = [
    always('One?', 'Rival', 10),
    always('Two?', 'Acme', 2),
    always('Three?', '', 1),
  ];
  const isAsked = [always('One?', 'Acme', 10), always('Two?', 'Rival', 2), always('Four?', '', 1)];
  const was = await putAudit(agency, client, {
    ...{ questions: wasAsked, createdAt: new Date('2026-02-01') },
  });
  const is = await putAudit(agency, client, {
    ...{ questions: isAsked, setUpId: was.setUpId, createdAt: new Date('2026-03-01') },
    settings: { repetitions: 2 },
  });
  const unanswered = [{ platform: 'OPENAI' as const, text: null, errorCode: 'TIMEOUT' }];
  const failed = await putAudit(agency, client, {
    ...{
      questions: [{ text: 'One?', answers: unanswered }],
      setUpId: was.setUpId,
      status: 'FAILED',
    },
  });
  const compared = (beforeId: string, afterId: string, selection: string) =>
    told(
      `{ compareAeoAudits(beforeId: "${toGlobalId('AeoAudit', beforeId)}", afterId: "${toGlobalId('AeoAudit', afterId)}") { ${selection} } }`,
    );
  const change = '{ value low high isBeyondChance before { value } after { value } }';
  const { compareAeoAudits: comparison } = await compared(
    was.auditId,
    is.auditId,
    `notices matched onlyBefore onlyAfter gained { text } lost { text }
     brands { name visibility ${change} shareOfVoice ${change} citationRate { value isBeyondChance } before { position { value } } }`,
  );
  expect(comparison).toMatchObject({
    notices: [
      'Repetitions differ.',
      '2 questions were answered in both audits, 1 in the first alone and 1 in the second alone.',
    ],
    ...{ matched: 2, onlyBefore: 1, onlyAfter: 1 },
    ...{ gained: [{ text: 'One?' }], lost: [{ text: 'Two?' }] },
  });
  // From 2 of 13 to 10 of 13, by Newcombe's method 10 from Wilson's 0.0433 to 0.4223, and 0.4974 to 0.9182.
  expect(comparison.brands[0]).toEqual({
    name: 'Acme',
    visibility: {
      ...{ value: expect.closeTo(8 / 13, 9), isBeyondChance: true },
      ...{ low: expect.closeTo(0.2333, 4), high: expect.closeTo(0.8009, 4) },
      ...{ before: { value: 2 / 13 }, after: { value: 10 / 13 } },
    },
    shareOfVoice: expect.objectContaining({ isBeyondChance: true }),
    citationRate: { value: 0, isBeyondChance: false },
    before: { position: { value: 1 } },
  });
  expect(comparison.brands[2]).toMatchObject({ name: 'Third', visibility: { value: 0 } });
  const { superuserUrl } = agency.urls;
  await runAs(superuserUrl, `update aeo_findings set grader = 'by me' where audit_id = $1`, [
    is.auditId,
  ]);
  const { compareAeoAudits: regraded } = await compared(was.auditId, is.auditId, 'notices');
  expect(regraded.notices).toContain('Sentiment was graded by different versions.');
  const silent = await compared(was.auditId, failed.auditId, 'notices');
  expect(silent.compareAeoAudits.notices).toContain(
    '1 of 1 answers of OpenAI are missing in the second audit.',
  );
  await expect(compared(put.auditId, is.auditId, 'matched')).rejects.toMatchObject({
    ...{ code: 'BAD_USER_INPUT', fields: ['beforeId', 'afterId'] },
  });
  await expect(compared(is.auditId, is.auditId, 'matched')).rejects.toThrow('same audit twice');

  const trendOf = async (first: number) =>
    ask(
      graph,
      agency.actor,
      `{ node(id: "${toGlobalId('AeoSetUp', was.setUpId)}") { ... on AeoSetUp { trend(first: ${first}) {
         notices audit { createdAt results { brands { name visibility ${share} } } }
       } } } }`,
    );
  const { data, statements } = await trendOf(12);
  expect(
    data.node.trend.map(({ audit, notices }: Answer) => [
      ...[audit.createdAt, notices],
      audit.results.brands[0].visibility.numerator,
    ]),
  ).toEqual([
    ['2026-02-01T00:00:00.000Z', [], 2],
    ['2026-03-01T00:00:00.000Z', ['Repetitions differ.'], 10],
  ]);
  expect((await trendOf(1)).statements).toHaveLength(statements.length);
  // What mentions it in both is neither gained nor lost; what is cited without a search is no citation that counts.
  const same: PutQuestion[] = [
    {
      text: 'Both?',
      answers: [{ platform: 'ANTHROPIC', text: 'Acme', cites: ['acme.example'] }],
    },
  ];
  const createdAt = new Date('2025-12-01');
  const one = await putAudit(agency, client, { questions: same, createdAt });
  const two = await putAudit(agency, client, {
    ...{ questions: same, createdAt, setUpId: one.setUpId },
  });
  const { compareAeoAudits: unchanged } = await compared(
    one.auditId,
    two.auditId,
    'matched gained { text } lost { text } brands { citationRate { after { numerator denominator } } }',
  );
  expect(unchanged).toMatchObject({ matched: 1, gained: [], lost: [] });
  expect(unchanged.brands[0].citationRate.after).toEqual({ numerator: 0, denominator: 0 });
});

test('lists of audits cost as many statements as one of them', async () => {
  const selection = `
    results { brands { brand { name } visibility ${share} } } gaps { question { text } }
    sources { domain brand { name } } recommendations { sentence answers { id } } platformStatistics { calls }
    answers(first: 2) { nodes { text question { text } citations { url } findings { brand { name } mentions { text } } } }`;
  const statements = async (first: number) =>
    (await ask(graph, agency.actor, `{ aeoAudits(first: ${first}) { nodes { ${selection} } } }`))
      .statements.length;
  expect(await statements(4)).toBe(await statements(3));
});

test('an audit that nothing was answered in, or that does not mention the brand, says so', async () => {
  const { auditId: emptyId } = await putAudit(agency, client, { questions: [], status: 'FAILED' });
  const selection = `
    results { counts { wanted } brands { name visibility ${share} shareOfVoice ${share} position { value count } } byPlatform { platform } }
    gaps { severity } sources { domain } recommendations { kind sentence } platformStatistics { calls }
    questions { nodes { text } } answers { nodes { text } }`;
  const empty = await audited(selection, toGlobalId('AeoAudit', emptyId));
  const none = { value: null, numerator: 0, denominator: 0 };
  expect(empty).toMatchObject({
    results: { counts: { wanted: 0 }, byPlatform: [] },
    ...{ gaps: [], sources: [], recommendations: [], platformStatistics: [] },
    ...{ questions: { nodes: [] }, answers: { nodes: [] } },
  });
  expect(empty.results.brands[0]).toEqual({
    ...{ name: 'Acme', visibility: none, shareOfVoice: none, position: { value: null, count: 0 } },
  });
  const silent = await putAudit(agency, client, {
    questions: [{ text: 'Who?', answers: [{ platform: 'OPENAI', text: 'Nobody.' }] }],
  });
  const unmentioned = await audited(selection, toGlobalId('AeoAudit', silent.auditId));
  expect(unmentioned.results.brands[0]).toMatchObject({
    ...{ visibility: { value: 0, numerator: 0, denominator: 1 }, shareOfVoice: none },
  });
  expect(unmentioned.recommendations).toEqual([
    {
      kind: 'NOT_MENTIONED',
      sentence: 'None of 1 answer mentions Acme. Of so few, chance leaves up to 79 %.',
    },
  ]);
});

test('a client sees its own results without money; other organizations and clients see nothing', async () => {
  const viewer = { ...agency.actor, role: 'CLIENT' as const, clientIds: [client.id] };
  const seen = await audited(
    `results { brands { name } } recommendations { sentence } answers(first: 1) { nodes { id text latencyMs } }`,
    auditId,
    viewer,
  );
  expect(seen.answers.nodes[0].text).toBe('Rival first, then Acme.');
  for (const field of [
    ...['answers { nodes { cost } }', 'settings { costCap }', 'platformStatistics { calls }'],
  ]) {
    await expect(audited(field, auditId, viewer)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  }
  const billing = 'You exceeded your current quota, check your plan and billing details.';
  const { superuserUrl } = agency.urls;
  await runAs(
    superuserUrl,
    'update aeo_audits set error_code = $1, error_message = $2 where id = $3',
    [...['AUTHENTICATION', billing, put.auditId]],
  );
  const why = 'errorMessage answers(filter: { status: FAILED }) { nodes { errorMessage } }';
  expect(await audited(why, auditId, viewer)).toEqual({
    errorMessage: 'A platform could not be asked: its access has to be put in order.',
    answers: { nodes: [{ errorMessage: 'A platform did not answer in time.' }] },
  });
  expect(await audited('errorMessage')).toEqual({ errorMessage: billing });
  const answerId = seen.answers.nodes[0].id;
  const read = (as: typeof agency.actor) =>
    told(`{ node(id: "${answerId}") { ... on AeoAnswer { text } } }`, as);
  expect((await read(viewer)).node.text).toBe('Rival first, then Acme.');
  const other = await addClient(agency, 'Other');
  const strangers = [{ ...viewer, clientIds: [other.id] }];
  const owner = { email: 'owner@other.example', password: 'another long password' };
  const neighbour = await findActor(agency.database, await addOrganization(agency, owner));
  for (const stranger of [...strangers, neighbour]) {
    expect(await audited('results { brands { name } }', auditId, stranger)).toBeNull();
    expect((await read(stranger)).node).toBeNull();
    await expect(
      told(
        `{ compareAeoAudits(beforeId: "${auditId}", afterId: "${auditId}") { matched } }`,
        stranger,
      ),
    ).rejects.toMatchObject({ code: 'NOT_FOUND' });
  }
});
