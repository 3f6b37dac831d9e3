import { EventEmitter } from 'node:events';
import { GraphQLError } from 'graphql';
import { outliveUnheardErrors } from './outlive-unheard-errors.ts';

test('an error of a field that nobody hears is logged, and ends nothing', () => {
  const rejections = new EventEmitter();
  const logged: unknown[] = [];
  outliveUnheardErrors({ warn: (line) => logged.push(line) }, rejections);
  const originalError = new Error('too late');
  rejections.emit('unhandledRejection', new GraphQLError('too late', { originalError }));
  expect(logged).toEqual([{ err: originalError }]);
});

test('whatever else nobody hears ends the process, as it would without', () => {
  const rejections = new EventEmitter();
  outliveUnheardErrors({ warn: () => undefined }, rejections);
  expect(() => rejections.emit('unhandledRejection', new Error('ours'))).toThrow('ours');
});
