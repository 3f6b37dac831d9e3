/**
 * The graph beside PostGraphile 5 on the same database, asked the same questions.
 *
 * `--small` takes under a minute, on 1.35 million rows; without it there are 13.5 million. `--data FOLDER` keeps
 * the filled database there for the next run, `--only QUESTION` asks one question (`rows` are the flat rows), and
 * `--profile FOLDER` writes a CPU profile of our server there.
 */
import { parseArgs } from 'node:util';
import { compare } from './graph/compare.ts';
import { compareWithCopy } from './graph/compare-copy.ts';
import { figuresOfTurns, type Measured } from './graph/figures.ts';
import { owner, startFilledInstallation } from './graph/installation.ts';
import { ask } from './graph/load.ts';
import { createPeerFunctions } from './graph/peer-functions.ts';
import { questions } from './graph/questions.ts';
import { servePeer } from './graph/serve-peer.ts';
import { serve } from './graph/served.ts';
import { fullShape, smallShape } from './graph/shape.ts';

const { values: options } = parseArgs({
  options: {
    small: { type: 'boolean' },
    data: { type: 'string' },
    only: { type: 'string' },
    profile: { type: 'string' },
  },
});
const shape = options.small ? smallShape : fullShape;
// Whatever happens, nobody is left asking a database that is gone.
await using running = new AsyncDisposableStack();
const installation = await startFilledInstallation(shape, options.data);
running.defer(() => installation.close());
const { settings, superuserUrl } = installation;
await createPeerFunctions(superuserUrl);
const profiler = options.profile ? ['--cpu-prof', `--cpu-prof-dir=${options.profile}`] : [];
const server = await serve(new URL('../src/server.js', import.meta.url), settings, profiler);
running.defer(() => server.stop());
const peer = await servePeer(settings);
running.defer(() => peer.stop());
const query = 'mutation SignIn($input: SignInInput!) { signIn(input: $input) { token } }';
const signedIn = await ask({ url: server.url, token: '', query }, { input: owner });
const { token } = (signedIn as { signIn: { token: string } }).signIn;

const isAsked = (name: string) => name === (options.only ?? name);
const measured: Measured[] = [];
for (const question of questions.filter(({ name }) => isAsked(name))) {
  const seconds = options.small ? 0.5 : 5;
  measured.push(await compare(question, { server, peer, token, seconds }));
}
if (isAsked('rows')) {
  const databaseUrl = settings.DATABASE_URL ?? '';
  measured.push(await compareWithCopy({ server, token, databaseUrl, shape }));
}
const figures = [
  ...measured.flatMap((part) => part.figures),
  ...figuresOfTurns(measured.flatMap(({ turned }) => turned)),
];
for (const [name, value, unit] of figures) {
  console.log(`figure ${name} ${value.toFixed(value < 100 ? 2 : 0)} ${unit}`);
}
