/**
 * The peer: PostGraphile 5 on the same database, as the server's role and under the same policies.
 *
 * It is told who asks as our server is, by an access token, and looks no further: no membership, no limits. No
 * TypeScript: its packages, which only this folder has, are there only after a first run of the benchmark.
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { grafserv } from 'grafserv/node';
import { jwtVerify } from 'jose';
import { postgraphile } from 'postgraphile';
import { makePgService } from 'postgraphile/adaptors/pg';
import { PostGraphileAmberPreset } from 'postgraphile/presets/amber';

const { DATABASE_URL: connectionString, JWT_SECRET } = process.env;
const secret = new TextEncoder().encode(JWT_SECRET);
const checks = { algorithms: ['HS256'], issuer: 'mediagraph', audience: 'mediagraph-api' };
const peer = postgraphile({
  extends: [PostGraphileAmberPreset],
  disablePlugins: ['MutationPlugin'],
  pgServices: [
    makePgService({ connectionString, schemas: ['public', 'peer'], poolConfig: { max: 10 } }),
  ],
  grafserv: { graphiql: false, watch: false, graphqlPath: '/graphql' },
  grafast: {
    explain: false,
    async context({ node }) {
      const token = node.req.headers.authorization?.slice('Bearer '.length) ?? '';
      const { payload } = await jwtVerify(token, secret, checks);
      return { pgSettings: { 'app.organization': payload.org } };
    },
  },
});
const server = createServer();
await peer.createServ(grafserv).addTo(server);
await once(server.listen(0, '127.0.0.1'), 'listening');
process.once('disconnect', () => process.exit());
process.send({ url: `http://127.0.0.1:${server.address().port}` });
