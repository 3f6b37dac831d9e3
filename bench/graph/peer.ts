/**
 * The peer: PostGraphile 5 on the same database, as the server's role and under the same policies.
 *
 * It is told who asks as our server is, by an access token, and looks no further: no membership, no limits.
 */
import { createServer } from 'node:http';
import { grafserv } from 'grafserv/node';
import { jwtVerify } from 'jose';
import { postgraphile } from 'postgraphile';
import { makePgService } from 'postgraphile/adaptors/pg';
import { PostGraphileAmberPreset } from 'postgraphile/presets/amber';
import { listen } from '../../src/infra/listen.ts';
import { runProcess } from '../../src/infra/process.ts';

await runProcess('peer', async (onStop) => {
  const { DATABASE_URL: connectionString = '', JWT_SECRET = '' } = process.env;
  const secret = new TextEncoder().encode(JWT_SECRET);
  const pgService = makePgService({
    connectionString,
    schemas: ['public', 'peer'],
    poolConfig: { max: 10 },
  });
  const peer = postgraphile({
    extends: [PostGraphileAmberPreset],
    disablePlugins: ['MutationPlugin'],
    pgServices: [pgService],
    grafserv: { graphiql: false, watch: false, graphqlPath: '/graphql' },
    grafast: {
      explain: false,
      async context({ node }) {
        const token = node?.req.headers.authorization?.slice('Bearer '.length) ?? '';
        const checks = { algorithms: ['HS256'], issuer: 'mediagraph', audience: 'mediagraph-api' };
        const { payload } = await jwtVerify(token, secret, checks);
        return { pgSettings: { 'app.organization': String(payload.org) } };
      },
    },
  });
  onStop(() => peer.release());
  const server = createServer();
  const instance = peer.createServ(grafserv);
  await instance.addTo(server);
  onStop(() => server.close());
  const url = await listen(server, { port: 0, host: '127.0.0.1', setting: 'PORT' });
  return { url };
});
