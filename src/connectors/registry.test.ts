import { Readable } from 'node:stream';
import { rowsXml, workbookOf, zipOf } from '../../test/support/workbook.ts';
import { comparisonRules } from '../domain/ingestion/row-problem.ts';
import { connectorFor, connectors } from './registry.ts';

describe.each([...connectors])('the connector %s', (key, connector) => {
  test('is registered under its source, a key in upper case', () => {
    expect(connector.source).toBe(key);
    expect(key).toMatch(/^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/);
    expect(connectorFor(key)).toBe(connector);
  });

  test('has a label for people', () => {
    expect(connector.label).toMatch(/\S/);
  });

  test('says which fields its files are read for', () => {
    expect(connector.fields).toEqual(expect.arrayContaining(['date', 'campaign', 'impressions']));
  });

  test('says when its day is there, as HH:mm', () => {
    expect(connector.dailyAt).toMatch(/^([01][0-9]|2[0-3]):[0-5][0-9]$/);
  });

  test('says how severe each comparison rule is, and no other', () => {
    expect(Object.keys(connector.severities).toSorted()).toEqual(comparisonRules.toSorted());
    for (const severity of Object.values(connector.severities)) {
      expect(['ERROR', 'WARNING']).toContain(severity);
    }
  });

  test.each([
    ['an empty file', '', /is empty/],
    ['an empty workbook', workbookOf(''), /is empty/],
    ['a picture', Buffer.from('89504e470d0a1a0a', 'hex'), /a picture: save the table as CSV/],
    ['some program', Buffer.from('7f454c4602010100cafe0000', 'hex').reverse(), /binary/],
    ['an old workbook', Buffer.from('d0cf11e0a1b11ae1', 'hex'), /save it as XLSX/],
    ['another ZIP file', zipOf({ 'a.txt': 'hello' }), /no XLSX workbook/],
    ['other columns', 'Nombre,Gasto\nBrand,2\n', /lacks: .* Its header is: Nombre, Gasto\./],
    ['a workbook of other columns', workbookOf(rowsXml([['Nombre', 'Gasto']])), /Nombre, Gasto/],
  ])('refuses %s, and says what it is', async (_, file, message) => {
    const reading = async () => {
      const bytes = Readable.from([Buffer.from(file as string)]);
      for await (const batch of connector.read(bytes)) expect(batch).toEqual([]);
    };
    await expect(reading()).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
      message: expect.stringMatching(message),
    });
  });
});

describe.each(
  [...connectors.values()].flatMap(({ source, reports }) =>
    [...(reports?.dialects ?? [])].map(([name, dialect]) => ({ source, name, dialect })),
  ),
)('the API $name of $source', ({ dialect }) => {
  const range = { from: '2026-10-05', to: '2026-10-07' };
  const report = { advertiserId: 'a-1', timeZone: 'America/New_York', ...range };

  test('is called over HTTPS, with its secret in a header', () => {
    expect(dialect.address).toMatch(/^https:\/\/[^/]+(\/.*[^/])?$/);
    expect(JSON.stringify(dialect.authorize('s3cret'))).toContain('s3cret');
  });

  test('is asked for an advertiser and its days', () => {
    const { path, body } = dialect.create(report);
    expect(path).toMatch(/^\//);
    expect(JSON.stringify(body)).toMatch(/"a-1".*"2026-10-05"/);
    expect(dialect.look('a b/c').path).toContain('a%20b%2Fc');
  });

  test('does not take any answer for a report', () => {
    for (const answer of [null, {}, { status: 'done' }, 'done']) {
      expect(() => dialect.readCreated(answer)).toThrow();
      expect(() => dialect.readState(answer)).toThrow();
    }
  });
});

test.each([...connectors.values()])(
  '$source makes reports, or has files',
  ({ origin, reports }) => {
    expect(origin === 'REPORT').toBe(reports !== undefined);
  },
);

test.each(['SURFSIDE', 'FACEBOOK'])('%s takes conversions beyond clicks as an error', (source) => {
  expect(connectorFor(source).severities.CONVERSIONS_EXCEED_CLICKS).toBe('ERROR');
});

test('a source without a connector is an error', () => {
  expect(() => connectorFor('NOWHERE')).toThrow('No connector reads the source NOWHERE');
});
