import { Readable } from 'node:stream';
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

  test('says when its day is there, as HH:mm', () => {
    expect(connector.dailyAt).toMatch(/^([01][0-9]|2[0-3]):[0-5][0-9]$/);
  });

  test('says how severe each comparison rule is, and no other', () => {
    expect(Object.keys(connector.severities).toSorted()).toEqual(comparisonRules.toSorted());
    for (const severity of Object.values(connector.severities)) {
      expect(['ERROR', 'WARNING']).toContain(severity);
    }
  });

  test('refuses an empty file', async () => {
    const reading = async () => {
      for await (const batch of connector.read(Readable.from([]))) expect(batch).toEqual([]);
    };
    await expect(reading()).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
  });
});

test('Surfside takes conversions beyond clicks as an error', () => {
  expect(connectorFor('SURFSIDE').severities.CONVERSIONS_EXCEED_CLICKS).toBe('ERROR');
});

test('a source without a connector is an error', () => {
  expect(() => connectorFor('NOWHERE')).toThrow('No connector reads the source NOWHERE');
});
