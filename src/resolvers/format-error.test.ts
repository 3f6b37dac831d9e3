import { GraphQLError, Source } from 'graphql';
import { badInput, DomainError } from '../domain/errors.ts';
import { formatError } from './format-error.ts';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Format an error as Apollo hands it over, and note what the log is told. */
function format(error: unknown) {
  const told: { error: unknown; errorId: string }[] = [];
  const formatted = error instanceof GraphQLError ? error.toJSON() : { message: String(error) };
  const shown = formatError(formatted, error, (failure, errorId) => {
    told.push({ error: failure, errorId });
  });
  return { shown, told };
}

const place = { path: ['client', 'feeds'], locations: [{ line: 1, column: 12 }] };

/** An error as thrown in a resolver of `client.feeds`. */
function inResolver(originalError: Error): GraphQLError {
  return new GraphQLError(originalError.message, {
    path: place.path,
    source: new Source('{ client { feeds } }'),
    positions: [11],
    originalError,
  });
}

test('a domain error keeps its words, its code, its fields and its place', () => {
  expect(format(inResolver(badInput('That day is not over.', 'date')))).toEqual({
    shown: {
      message: 'That day is not over.',
      ...place,
      extensions: { code: 'BAD_USER_INPUT', fields: ['date'] },
    },
    told: [],
  });
});

test('a domain error without fields names none', () => {
  const { shown } = format(inResolver(new DomainError('CONFLICT', 'The slice moved on.')));
  expect(shown.extensions).toEqual({ code: 'CONFLICT' });
});

test('a statement that ran into its time limit is said to have taken too long', () => {
  const canceled = Object.assign(new Error('canceling statement'), { code: '57014' });
  const { shown, told } = format(inResolver(canceled));
  expect(shown).toMatchObject({
    message: 'It took too long: ask for fewer days, or for less.',
    extensions: { code: 'UPSTREAM_FAILED' },
  });
  expect(told).toEqual([]);
});

test('what caused a domain error is not shown', () => {
  const cause = new Error('password of the database');
  const { shown } = format(inResolver(new DomainError('UPSTREAM_FAILED', 'No answer.', { cause })));
  expect(JSON.stringify(shown)).not.toContain('password');
});

test.each([
  ['in a resolver', inResolver(new Error('select * from secrets failed')), 'Error'],
  ['in the server', new Error('select * from secrets failed'), 'Error'],
  [
    'by GraphQL itself',
    new GraphQLError('select * from secrets failed', {
      extensions: { code: 'INTERNAL_SERVER_ERROR', stacktrace: ['at secrets.ts'] },
    }),
    'GraphQLError',
  ],
])('an unknown error %s is hidden behind an id that the log is told with it', (_, error, name) => {
  const { shown, told } = format(error);
  expect(shown.message).toBe('Something went wrong on our side.');
  expect(shown.extensions).toEqual({
    code: 'INTERNAL_SERVER_ERROR',
    errorId: expect.stringMatching(uuid),
  });
  expect(JSON.stringify(shown)).not.toContain('secrets');
  expect(told).toEqual([{ error: expect.anything(), errorId: shown.extensions?.errorId }]);
  expect(told[0]?.error).toMatchObject({ name, message: 'select * from secrets failed' });
});

test('each unknown error has an id of its own, and keeps its place', () => {
  const [one, other] = [format(inResolver(new Error('a'))), format(inResolver(new Error('a')))];
  expect(one.shown).toMatchObject(place);
  expect(one.shown.extensions?.errorId).not.toBe(other.shown.extensions?.errorId);
});

test('an error of the query is passed on with its code, and without a stack', () => {
  const error = new GraphQLError('Cannot query field "x".', {
    extensions: { code: 'GRAPHQL_VALIDATION_FAILED', stacktrace: ['at server.ts'] },
  });
  expect(format(error)).toEqual({
    shown: {
      message: 'Cannot query field "x".',
      extensions: { code: 'GRAPHQL_VALIDATION_FAILED' },
    },
    told: [],
  });
});

test('an error of a value that has no code is the input that was wrong', () => {
  const { shown } = format(inResolver(new GraphQLError('A Decimal is a text such as "12.50"')));
  expect(shown).toEqual({
    message: 'A Decimal is a text such as "12.50"',
    ...place,
    extensions: { code: 'BAD_USER_INPUT' },
  });
});
