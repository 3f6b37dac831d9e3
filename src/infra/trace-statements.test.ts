import fc from 'fast-check';
import { escapeLiteral } from 'pg';
import type { Tracing } from '../jobs/tracing.ts';
import { traceStatements, withoutValues } from './trace-statements.ts';
import { untraced } from './tracing.ts';

test.each([
  [`select * from t0 where a = 'x' and b in (1, 2.5, 'it''s') limit 3`],
  [`select * from t0 where a = E'\\'x' and b in ($$a$$, $q$'$q$) limit 1e9 -- it's\n`],
  [`select * from t0\n  where a = 'x' /* 'y */ and b in ('y') limit 0x1F`],
])('a statement keeps its names and loses its values: %s', (sql) => {
  expect(withoutValues(sql)).toBe('select * from t0 where a = ? and b in (?) limit ?');
});

test('placeholders and quoted names stay, rows of values become one', () => {
  const sql = `insert into "t'1" ("a 2") values (1, 'x'), (2, 'y'), (3, null) returning "a 2", $1`;
  expect(withoutValues(sql)).toBe(
    `insert into "t'1" ("a 2") values (?), (?, null) returning "a 2", $1`,
  );
});

test('no value is told, whatever it is and wherever the text is cut', () => {
  const hostile = fc.string({
    unit: fc.constantFrom("'", '\\', '"', '$', '-', '/', '*', '\n', 'E'),
  });
  fc.assert(
    fc.property(hostile, hostile, fc.nat(5_000), (before, after, length) => {
      const value = `${before}secret${after}`;
      const values = [value, 'x'.repeat(length), value].map((text) => escapeLiteral(text));
      expect(withoutValues(`select ${values.join(', ')}, "name"`)).not.toContain('secret');
    }),
  );
});

test('each statement is a call of the database, told without its credentials', async () => {
  const steps: object[] = [];
  const tracing: Tracing = {
    ...untraced,
    position: () => `00-${'1'.repeat(32)}-${'1'.repeat(16)}-01`,
    step(step, fn) {
      steps.push(step);
      return fn();
    },
  };
  const trace = traceStatements(tracing, 'postgres://me:pass@db:6543/media');
  const update = `update "job_runs" set status = 'X'`;
  expect(await trace(update, async () => 7)).toBe(7);
  expect(steps).toEqual([
    {
      name: 'UPDATE job_runs',
      kind: 'CLIENT',
      attributes: {
        'db.system.name': 'postgresql',
        'db.namespace': 'media',
        'server.address': 'db',
        'server.port': 6543,
        'db.query.summary': 'UPDATE job_runs',
        'db.query.text': 'update "job_runs" set status = ?',
      },
    },
  ]);
});
