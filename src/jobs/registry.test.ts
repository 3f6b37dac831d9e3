import { jobs, queueNames } from './registry.ts';

test.each([...jobs.values()])('the job $name keeps the rules of jobs', (job) => {
  expect(job.name).toMatch(/^[a-z]+(-[a-z]+)+$/);
  expect(queueNames).toContain(job.queue);
  expect(job.attempts).toBeGreaterThan(0);
  expect(job.timeoutMs).toBeGreaterThan(0);
  expect(job.backoffMs).toBeGreaterThan(0);
  // What a caller left out or made up is refused before it is written.
  expect(job.payload.safeParse({ madeUp: true }).success).toBe(false);
});

test('names are unique, and each is found by its own', () => {
  for (const [name, job] of jobs) expect(job.name).toBe(name);
});
