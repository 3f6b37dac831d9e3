import { addClient } from '../support/agency.ts';
import { type Installation, startInstallation } from '../support/installation.ts';
import { noteRecovery } from '../support/recovery.ts';
import { queueBackends } from '../support/redis.ts';
import { runAs } from '../support/test-services.ts';
import { until } from '../support/until.ts';

const count = 500;
let installation: Installation;

afterEach(() => installation.close());

test.each(queueBackends.slice(-1))(
  '%s: schedules that are due at one instant make one run each',
  async (queueOn) => {
    installation = await startInstallation(queueOn);
    const { tenant, urls } = installation.agency;
    const ask = <Row extends object>(sql: string, ...values: unknown[]) =>
      runAs<Row>(urls.superuserUrl, sql, values);
    await Promise.all([installation.startWorker(), installation.startWorker()]);
    const { id: clientId } = await addClient(installation.agency);
    const dueAt = performance.now();
    await ask(
      `insert into schedules (organization_id, client_id, job_name, payload, cron, time_zone, next_run_at)
     select $1, $3, 'start-scheduled-ingestion', jsonb_build_object('feedId', gen_random_uuid()),
       '0 5 * * *', 'UTC', now()
     from generate_series(1, $2)`,
      tenant.organizationId,
      count,
      clientId,
    );
    await until(
      'as many runs, all ended',
      async () => {
        const [runs] = await ask<{ ended: number }>(
          `select count(finished_at)::int as ended from job_runs where name = 'start-scheduled-ingestion'`,
        );
        return runs?.ended === count;
      },
      50_000,
    );
    noteRecovery(`${count} schedules at once (${queueOn})`, dueAt);
    const [made] = await ask(
      `select count(*)::int as runs, count(distinct payload)::int as schedules,
       count(*) filter (where status = 'SUCCEEDED' and fence = 1)::int as at_first
     from job_runs where name = 'start-scheduled-ingestion'`,
    );
    expect(made).toEqual({ runs: count, schedules: count, at_first: count });
    const [turned] = await ask(
      `select count(*)::int as schedules from schedules
     where last_run_at is not null and next_run_at > now() and next_run_at < now() + interval '25 hours'`,
    );
    expect(turned).toEqual({ schedules: count });
  },
);
