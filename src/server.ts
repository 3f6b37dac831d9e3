/** The API's process: wire, start, shut down. */

import { createServer } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { expressMiddleware } from '@as-integrations/express5';
import express from 'express';
import { answerError } from './bi/answer-error.ts';
import { createBiDoors } from './bi/bi-doors.ts';
import { loadConfig, readEnvironment } from './config.ts';
import { answerSources } from './connectors/answers/registry.ts';
import { connectors } from './connectors/registry.ts';
import { fromGlobalId, toGlobalId } from './domain/global-id.ts';
import { createMeter } from './domain/identity/meter.ts';
import type { CredentialPlatform } from './domain/platform-credential/credential-platform.ts';
import { retentionPolicy } from './domain/retention/retention-policy.ts';
import { addressBehind } from './infra/address-behind.ts';
import { answerBadRequest } from './infra/answer-bad-request.ts';
import { auditPolicyOf } from './infra/audit-policy-of.ts';
import { authenticateRequest } from './infra/authenticate-request.ts';
import { createAuthenticator } from './infra/authenticator.ts';
import { connectBackends } from './infra/backends.ts';
import { spendInSlices } from './infra/broker/spend-in-slices.ts';
import { countRequest, countStrangers } from './infra/count-request.ts';
import { createFileDoor } from './infra/file-door.ts';
import { giveOrganizationsTurns } from './infra/give-organizations-turns.ts';
import { emergencyCheck } from './infra/health/emergency-check.ts';
import { createHealthMonitor } from './infra/health/health-monitor.ts';
import { machineChecks } from './infra/health/machine-checks.ts';
import { serviceChecks } from './infra/health/service-checks.ts';
import { serveIde } from './infra/ide.ts';
import { createLaterWork } from './infra/later-work.ts';
import { listen } from './infra/listen.ts';
import { createRequestRecorder, logRequests } from './infra/log-requests.ts';
import { createLogger } from './infra/logger.ts';
import { observeProcess } from './infra/observe-process.ts';
import { createOpenIdDoors } from './infra/openid/openid-doors.ts';
import { createOpenIdProvider } from './infra/openid/openid-provider.ts';
import { allowOrigins, mayOpenSocket } from './infra/origins.ts';
import { connectAnswerPlatforms } from './infra/platforms/connect-answer-platforms.ts';
import { connectPlatforms } from './infra/platforms/connect-platforms.ts';
import { createProbeDatabase } from './infra/probe-database.ts';
import { serveProbes } from './infra/probes.ts';
import { runProcess } from './infra/process.ts';
import { ratesOf } from './infra/rates-of.ts';
import { createSecurityLog } from './infra/security/security-log.ts';
import { securityHeaders } from './infra/security-headers.ts';
import { connectServices } from './infra/services.ts';
import { createGraphMetrics, createSocketMetrics } from './infra/telemetry/graph-metrics.ts';
import { createHttpMetrics } from './infra/telemetry/http-metrics.ts';
import { createSecurityMetrics } from './infra/telemetry/security-metrics.ts';
import { traceOperations, traceRequests } from './infra/trace-requests.ts';
import { startTracing } from './infra/tracing.ts';
import { createUploadDoors } from './infra/uploads/upload-doors.ts';
import { version } from './infra/version.ts';
import { connectReceivers } from './infra/webhooks/connect-receivers.ts';
import { sendJobRuns } from './jobs/enqueue.ts';
import { mailOwners } from './jobs/mail-owners.ts';
import { jobs, queueNames } from './jobs/registry.ts';
import { createUploadDesk } from './jobs/upload-desk.ts';
import { startGraphServer } from './resolvers/graph-server.ts';
import { createJobRunReader } from './resolvers/job-run-reader.ts';
import { outliveUnheardErrors } from './resolvers/outlive-unheard-errors.ts';

const path = '/graphql';
const biPath = '/bi';
const googlePath = '/auth/google';
const filesPath = '/files';
const uploadsPath = '/uploads';

await runProcess('server', async (onStop, fail) => {
  const config = loadConfig(readEnvironment());
  const log = createLogger('server', config.LOG_LEVEL);
  const tracing = await startTracing(config, 'server', log);
  onStop(() => tracing.close());
  const services = await connectServices(config, 'server');
  onStop(() => services.release());
  services.onLost(() => fail('the embedded services ended'));
  const { signingKeys } = services.config;
  const backends = await connectBackends({
    services: services.config,
    poolSize: config.DATABASE_POOL_SIZE,
    replicaUrl: config.DATABASE_REPLICA_URL,
    log,
    tracing,
    onStop,
  });
  const { store, queue, lendQueue, announcer, rateLimiter, cipher } = backends;
  const { platforms, close } = connectPlatforms(connectors, config);
  onStop(close);
  const answering = connectAnswerPlatforms(answerSources, config);
  onStop(answering.close);
  const { receivers, close: closeReceivers } = connectReceivers(config);
  onStop(closeReceivers);
  const database = giveOrganizationsTurns(backends.database, {
    poolSize: config.DATABASE_POOL_SIZE,
  });
  const meter = createMeter(spendInSlices(rateLimiter), ratesOf(config));
  const probe = createProbeDatabase(services.config.databaseUrl, log);
  onStop(() => probe.close());
  const pingQueues = () => Promise.all(queueNames.map((name) => queue.ping(name)));
  const { registry, readiness, probes, emergency, internalUrl } = await observeProcess({
    config,
    probe,
    database,
    queue: { ping: pingQueues },
    known: { queues: queueNames, jobs: [...jobs.keys()] },
    log,
    onStop,
  });
  const later = createLaterWork(log);
  onStop(() => later.done(), config.SHUTDOWN_MS);
  const send = (ids: string[]) => sendJobRuns({ database, queue, tracing, log }, ids);
  const security = createSecurityLog({
    ...{ database, rateLimiter, doLater: later.do },
    unusualDownloads: config.UNUSUAL_DOWNLOADS,
    count: createSecurityMetrics(registry),
    alertOwners: (alert) => mailOwners({ database, cipher, send }, alert),
  });
  onStop(() => security.close());
  const authenticator = createAuthenticator({
    database,
    rateLimiter,
    security,
    cipher,
    signingKeys,
    accessTokenMinutes: config.ACCESS_TOKEN_MINUTES,
    sessionDays: config.SESSION_DAYS,
    log,
  });
  const health = createHealthMonitor(
    [
      ...serviceChecks({
        probe,
        queue: { ping: pingQueues, measureMemory: backends.measureMemory },
        store,
        queueNames,
        silentAfterMs: config.JOB_LEASE_MS,
      }),
      ...machineChecks(config.DATA_DIR),
      emergencyCheck(emergency),
    ],
    log,
  );

  const graph = {
    database,
    authenticator,
    store,
    cipher,
    platforms: new Map<string, CredentialPlatform>([...platforms, ...answering.answerPlatforms]),
    auditPolicy: auditPolicyOf(config),
    receivers,
    retention: retentionPolicy(config.RETENTION),
    rateLimiter,
    security,
    announcer,
    tracing,
    health,
    sources: connectors,
    readJobRun: createJobRunReader({ database, authenticator }),
    rereadMs: config.PROGRESS_REREAD_MS,
    send,
    doLater: later.do,
  };
  const logFailure = (err: unknown, errorId: string) =>
    log.error({ err, errorId }, 'request failed');
  // Answers to POST are nobody's to cache: hashing each for an ETag would be for nothing.
  const app = express()
    .disable('x-powered-by')
    .disable('etag')
    .set('trust proxy', config.TRUSTED_PROXIES);
  const http = createServer(app);
  outliveUnheardErrors(log);
  const recorder = createRequestRecorder(log, emergency);
  const { apollo, contextOf, activity } = await startGraphServer({
    http,
    path,
    services: graph,
    meter,
    addressOf: (request) => addressBehind(config.TRUSTED_PROXIES, request),
    mayOpen: (request) => mayOpenSocket(config.CORS_ORIGINS, request),
    isProduction: config.NODE_ENV === 'production',
    logFailure,
    observer: createGraphMetrics(registry),
    recorder,
    log,
    socketsPerUser: config.SOCKETS_PER_USER,
    shutdownMs: config.SHUTDOWN_MS,
  });
  onStop(() => apollo.stop(), config.SHUTDOWN_MS);
  createSocketMetrics(registry, activity);

  app.use(securityHeaders);
  serveProbes(app, probes);
  app.use(
    createHttpMetrics(registry, [
      path,
      biPath,
      filesPath,
      uploadsPath,
      googlePath,
      '/ide',
      '/ops/jobs',
    ]),
  );

  for (const traced of [path, biPath]) app.use(traced, traceRequests(tracing, traced));
  app.use(logRequests(log, recorder));
  if (config.JOB_BOARD_PASSWORD) {
    const { createJobBoard } = await import('./infra/job-board.ts');
    const board = createJobBoard('/ops/jobs', {
      queues: queueNames.map(lendQueue),
      password: config.JOB_BOARD_PASSWORD,
      isWritable: config.JOB_BOARD_WRITABLE,
      rateLimiter,
    });
    app.use('/ops/jobs', board);
  }
  app.use(allowOrigins(config.CORS_ORIGINS));
  if (config.NODE_ENV !== 'production') serveIde(app, '/ide', path);
  app.use(
    path,
    express.json({ limit: '1mb' }),
    traceOperations(tracing),
    expressMiddleware(apollo, {
      context: ({ req, res }) => contextOf(req, res),
    }),
  );
  app.use(
    biPath,
    createBiDoors({
      database,
      security,
      authenticate: (request, known) =>
        countRequest(meter, request.ip, () =>
          authenticateRequest(authenticator, request, 'READ', known),
        ),
      version,
      // The others are the graph's.
      mostStreams: Math.ceil(config.DATABASE_POOL_SIZE / 2),
      logFailure,
    }),
  );

  const answerFailure = (error: unknown, response: express.Response) =>
    answerError(error, response, logFailure);
  app.use(
    filesPath,
    createFileDoor({
      ...{ database, store, cipher, security },
      count: (request, authenticate) => countRequest(meter, request.ip, authenticate),
      answerError: answerFailure,
    }),
  );

  app.use(
    uploadsPath,
    createUploadDoors({
      desk: createUploadDesk({ ...graph, database }),
      authenticate: (request) => authenticateRequest(authenticator, request, 'INGEST'),
      count: (request, authenticate) => countRequest(meter, request.ip, authenticate),
      ...{ authenticator, cipher, readId: fromGlobalId, writeId: toGlobalId },
      answerError: answerFailure,
    }),
  );

  const { GOOGLE_ISSUER: issuer, GOOGLE_CLIENT_ID: clientId, GOOGLE_CLIENT_SECRET } = config;
  if (clientId && GOOGLE_CLIENT_SECRET) {
    const provider = createOpenIdProvider({ issuer, clientId, clientSecret: GOOGLE_CLIENT_SECRET });
    app.use(
      googlePath,
      countStrangers(meter),
      createOpenIdDoors({ provider, database, cipher, appUrl: config.APP_URL, security, log }),
    );
  }

  app.use(answerBadRequest);

  const url = await listen(http, { port: config.PORT, host: config.HOST, setting: 'PORT' });
  const graceMs = config.SHUTDOWN_GRACE_MS ?? (config.NODE_ENV === 'production' ? 5_000 : 0);
  onStop(() => {
    // Those who send requests here need a moment to learn that they should not.
    readiness.shutDown();
    return wait(graceMs);
  }, graceMs);
  log.info({ graphql: `${url}${path}`, ide: `${url}/ide`, internal: internalUrl }, 'server ready');
  return { url, internalUrl };
});
