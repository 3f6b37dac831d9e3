/** Server and worker together, as separate processes, for one machine. */
import { loadConfig, readEnvironment } from './config.ts';
import { startProcess } from './infra/child-process.ts';
import { runProcess } from './infra/process.ts';
import { connectServices } from './infra/services.ts';
import { workerOptions, workerScript } from './infra/worker-process.ts';

await runProcess('mediagraph', async (onStop, fail) => {
  const config = loadConfig(readEnvironment());
  // Held by this process too, so that the services outlive a restart of either child.
  const services = await connectServices(config, 'server');
  onStop(() => services.release());
  services.onLost(() => fail('the embedded services ended'));
  const server = await startProcess<{ url: string }>(new URL('./server.js', import.meta.url));
  onStop(() => server.stop(), config.SHUTDOWN_MS);
  // Each serves its own probes and metrics.
  const port = config.INTERNAL_PORT;
  const worker = await startProcess(workerScript, {
    nodeOptions: workerOptions,
    env: port ? { INTERNAL_PORT: String(port + 1) } : {},
  });
  onStop(() => worker.stop(), config.SHUTDOWN_MS);

  let isStopping = false;
  onStop(() => {
    isStopping = true;
  });
  for (const [name, child] of Object.entries({ server, worker })) {
    void child.ended.then((status) => {
      if (isStopping) return;
      console.error(`mediagraph: the ${name} ended (${status}); stopping`);
      process.kill(process.pid, 'SIGTERM');
    });
  }
  const { url } = server.ready;
  console.log(
    `\nAPI ${url}/graphql · IDE ${url}/ide/ · first user:\nnpm run cli -- create-admin --organization NAME --email EMAIL\n`,
  );
  return { url };
});
