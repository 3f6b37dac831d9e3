import { judgeWorkers } from './judge-workers.ts';

const queues = ['ingestion', 'summaries'];
const worker = (version: string, ...served: string[]) => ({ version, queues: served });

test('no worker is FAILING', () => {
  expect(judgeWorkers([], queues)).toMatchObject({ status: 'FAILING', value: 0 });
});

test('workers of one version that serve every queue between them are OK', () => {
  const workers = [worker('1.0.0', 'ingestion'), worker('1.0.0', 'summaries')];
  expect(judgeWorkers(workers, queues)).toEqual({ status: 'OK', value: 2, unit: 'COUNT' });
});

test('a queue without a worker, and mixed versions, are DEGRADED and said', () => {
  const workers = [worker('1.1.0', 'ingestion'), worker('1.0.0', 'ingestion')];
  expect(judgeWorkers(workers, queues)).toMatchObject({
    status: 'DEGRADED',
    value: 2,
    message: 'No worker serves summaries. Workers are of versions 1.0.0, 1.1.0.',
  });
});
