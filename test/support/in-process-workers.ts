import type { EntityManager } from '@mikro-orm/postgresql';
import { Registry } from 'prom-client';
import type { AnswerPlatforms } from '../../src/domain/aeo-audit/answer-platform.ts';
import type { Tenant } from '../../src/domain/identity/viewer.ts';
import { hasEnded, type JobRun } from '../../src/domain/job/job-run.entity.ts';
import type { ReportPlatforms } from '../../src/domain/report/report-platform.ts';
import { retentionPolicy } from '../../src/domain/retention/retention-policy.ts';
import type { WebhookReceivers } from '../../src/domain/webhook/receivers.ts';
import { connectBroker } from '../../src/infra/broker/connect-broker.ts';
import { withLogContext } from '../../src/infra/logger.ts';
import { createObjectStore } from '../../src/infra/storage.ts';
import { createJobMetrics } from '../../src/infra/telemetry/job-metrics.ts';
import { untraced } from '../../src/infra/tracing.ts';
import { loadJobRun } from '../../src/jobs/claim.ts';
import type { JobDefinition, JobOwner } from '../../src/jobs/define-job.ts';
import { openOutbox, sendJobRuns } from '../../src/jobs/enqueue.ts';
import type { Mailer } from '../../src/jobs/mailer.ts';
import { runWorkers } from '../../src/jobs/run-workers.ts';
import { sweep } from '../../src/jobs/sweep.ts';
import { watchJobRun } from '../../src/jobs/watch-job-run.ts';
import type { Agency } from './agency.ts';
import { answerServices } from './answer-platforms/answer-services.ts';

const silent = { debug() {}, info() {}, warn() {}, error() {} };

/** Short, so that what waits for them is soon over. */
const intervals = { leaseMs: 600, heartbeatMs: 100, sweepMs: 100, shutdownMs: 300 };
const auditLogMonths = 24;

/** The jobs core on a real queue, in this process; workers are started where a test wants them. */
export async function createJobRig(
  agency: Agency,
  definitions: JobDefinition[],
  mailer: Mailer = { send: () => Promise.reject(new Error('not here')) },
  platforms: ReportPlatforms = new Map(),
  answerPlatforms: AnswerPlatforms = new Map(),
  receivers: Pick<WebhookReceivers, 'post'> = { post: () => Promise.reject(new Error('not here')) },
) {
  const { database, tenant } = agency;
  const broker = await connectBroker({
    databaseUrl: agency.urls.workerUrl,
    redisUrl: agency.redis?.url,
    isProduction: true,
    log: silent,
  });
  const { queue, announcer } = broker;
  const store = createObjectStore(agency.s3);
  const jobs = new Map(definitions.map((job) => [job.name, job]));
  const registry = new Registry();
  const observer = createJobMetrics(registry);
  const { cipher } = agency;
  const services = {
    database,
    queue,
    announcer,
    store,
    cipher,
    mailer,
    platforms,
    answers: answerServices(broker.pacer, answerPlatforms),
    receivers,
    tracing: untraced,
  };
  const options = {
    ...services,
    jobs,
    observer,
    log: silent,
    auditLogMonths,
    retention: retentionPolicy([13, 37, 30, 90, 90]),
    ...intervals,
  };
  const workers: { close(): Promise<void> }[] = [];

  const read = (id: string, owner: Tenant = tenant) =>
    database.withTenant(owner, (em) => loadJobRun(em, id));
  return {
    options,
    /** What the workers counted. */
    registry,
    read,
    /** Write a run, and leave it to the sweeper to send it. */
    add<P extends object>(job: JobDefinition<P>, payload: P, owner?: Partial<JobOwner>) {
      const whole = { clientId: null, ...tenant, ...owner };
      return database.withTenant({ ...whole, clientIds: null }, (em) =>
        openOutbox(em).add(job, payload, whole),
      );
    },
    /** The same within a transaction. */
    addIn<P extends object>(
      em: EntityManager,
      job: JobDefinition<P>,
      payload: P,
      owner: Pick<JobOwner, 'clientId'>,
    ) {
      return openOutbox(em).add(job, payload, { ...tenant, ...owner });
    },
    send: (id: string) => sendJobRuns(options, [id]),
    sweep: () => sweep(options),
    startWorker(concurrency = 4) {
      const queues = [...new Set(definitions.map((job) => job.queue))];
      const worker = runWorkers({
        ...options,
        queues,
        concurrency,
        version: 'test',
        withLogContext,
      });
      workers.push(worker);
      return worker;
    },
    /** Every state that a watcher is shown, until the run has ended. */
    async watch(id: string, owner?: Tenant): Promise<JobRun[]> {
      const states: JobRun[] = [];
      const watching = watchJobRun(id, { announcer, read: () => read(id, owner), rereadMs: 200 });
      for await (const state of watching) states.push(state);
      return states;
    },
    /** Wait for a state of the run. */
    async until(id: string, isReached: (run: JobRun) => boolean): Promise<void> {
      const watching = watchJobRun(id, { announcer, read: () => read(id), rereadMs: 50 });
      for await (const state of watching) if (isReached(state)) return;
      throw new Error('The run has ended before');
    },
    /** The run, once it has ended. */
    async ended(id: string, owner?: Tenant): Promise<JobRun> {
      const last = (await this.watch(id, owner)).at(-1);
      if (!last || !hasEnded(last.status)) throw new Error('The run has not ended');
      return last;
    },
    async close() {
      await Promise.all(workers.map((worker) => worker.close()));
      await broker.close();
      store.close();
    },
  };
}
