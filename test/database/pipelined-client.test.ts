import { PipelinedClient } from '../../src/infra/pipelined-client.ts';
import { createTestDatabase } from '../support/test-services.ts';

const begin = 'start transaction isolation level repeatable read read only';
let url: string;
let sent: string[];
let client: PipelinedClient;

beforeAll(async () => {
  url = (await createTestDatabase()).serverUrl;
});
beforeEach(async () => {
  sent = [];
  client = new PipelinedClient({ connectionString: url, onStatement: (sql) => sent.push(sql) });
  client.on('error', () => undefined);
  await client.connect();
});
afterEach(() => client.end());

const open = async () => {
  await client.query(begin);
  await client.query(`select set_config('app.organization', 'some', true)`);
};

test('a transaction opens with its first statement, and never without one', async () => {
  await open();
  await client.query('rollback');
  expect(sent).toEqual([]);
  await open();
  const { rows } = await client.query(`select current_setting('app.organization') as it`);
  await client.query('rollback');
  expect(rows).toEqual([{ it: 'some' }]);
  expect(sent).toEqual([expect.stringContaining(begin), expect.any(String)]);
  const after = await client.query(`select current_setting('app.organization', true) as it`);
  expect(after.rows).toEqual([{ it: '' }]);
  expect(sent.slice(2)).toEqual(['rollback', expect.any(String)]);
});

test('what is sent behind an opening that fails is no answer, and the connection goes', async () => {
  const ended = new Promise((resolve) => client.once('end', resolve));
  await client.query(begin);
  await client.query(`select set_config('statement_timeout', 'never', true)`);
  const answers = await Promise.allSettled([client.query('select 1'), client.query('select 2')]);
  expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  await ended;
});

test('what would change something waits until its transaction stands', async () => {
  await client.query('begin');
  expect(sent).toEqual(['begin']);
  await client.query('rollback');
});

test('an opening that was given up is not opened for whoever comes next', async () => {
  await open();
  await client.query(begin);
  const { rows } = await client.query(`select current_setting('app.organization', true) as it`);
  await client.query('rollback');
  expect(rows).toEqual([{ it: null }]);
});

test('after a failure a rollback tells whether the connection is still there', async () => {
  await open();
  await expect(client.query('select no_such_column')).rejects.toThrow('does not exist');
  await expect(client.query('rollback')).resolves.toMatchObject({ command: 'ROLLBACK' });
});

test('after a failure whatever else is asked in the transaction fails with it, and the next one does not', async () => {
  await client.query(begin);
  await client.query(`select set_config('statement_timeout', '20ms', true)`);
  const asked = [client.query('select pg_sleep(5)'), client.query('select 1')];
  const answers = [
    ...(await Promise.allSettled(asked)),
    ...(await Promise.allSettled([client.query('select 2')])),
  ];
  expect(answers).toMatchObject(answers.map(() => ({ reason: { code: '57014' } })));
  await client.query('rollback');
  await client.query('begin');
  await expect(client.query('select 1 / 0')).rejects.toMatchObject({ code: '22012' });
  await expect(client.query('select 1')).rejects.toMatchObject({ code: '22012' });
  await client.query('rollback');
});

test('what is refused at its opening is refused, and whoever has the connection next is not', async () => {
  await client.query(begin);
  const refuse = () => {
    throw new Error('not you');
  };
  const [opened, answer] = await Promise.allSettled([
    client.openWith('select $1::int', [1], refuse),
    client.query('select 1'),
  ]);
  expect([opened, answer]).toMatchObject([
    { reason: { message: 'not you' } },
    { reason: { message: 'not you' } },
  ]);
  await expect(client.query('rollback')).resolves.toMatchObject({ command: 'ROLLBACK' });
  await expect(client.query('select 1 as one')).resolves.toMatchObject({ rows: [{ one: 1 }] });
});
