import { type Measured, median } from './figures.ts';
import { ask, type Load, load } from './load.ts';
import type { Observation } from './monitor.ts';
import { type Question, variablesOf } from './questions.ts';
import { assertSameAnswer } from './same-answer.ts';
import type { Served } from './served.ts';

type Round = Load & Observation;

export interface Contest {
  server: Served;
  peer: Served;
  token: string;
  seconds: number;
}

const connections = 8;
const rounds = 3;

/**
 * Ask both the same question, checking first that they answer alike: the medians of alternating rounds.
 *
 * @throws {Error} when they do not.
 */
export async function compare(question: Question, contest: Contest): Promise<Measured> {
  const { server, peer, token, seconds } = contest;
  const our = {
    ...server,
    token,
    query: question.ours,
    variablesOf: (n: number) => variablesOf(n).ours,
  };
  const their = {
    ...peer,
    token,
    query: question.theirs,
    variablesOf: (n: number) => variablesOf(n).theirs,
  };
  for (const request of [0, 1, 2]) {
    const ours = await ask(our, our.variablesOf(request));
    assertSameAnswer(question.name, ours, await ask(their, their.variablesOf(request)));
  }
  await server.observe();
  await ask(our, our.variablesOf(0));
  const { statements } = await server.observe();

  const measured: { ours: Round[]; theirs: Round[] } = { ours: [], theirs: [] };
  await load(our, { connections, seconds: seconds / 2 });
  await load(their, { connections, seconds: seconds / 2 });
  for (let round = 0; round < rounds; round++) {
    measured.ours.push(await measure(our, seconds));
    measured.theirs.push(await measure(their, seconds));
  }
  const ours = medians(measured.ours);
  const theirs = medians(measured.theirs);
  const { name } = question;
  return {
    figures: [
      [`graph_rps_${name}`, ours.perSecond, 'requests/s'],
      [`graph_rps_${name}_postgraphile`, theirs.perSecond, 'requests/s'],
      [`graph_p99_${name}`, ours.p99Ms, 'ms'],
      [`graph_p99_${name}_postgraphile`, theirs.p99Ms, 'ms'],
      [`graph_cpu_${name}`, ours.cpuMs, 'ms/request'],
      [`graph_cpu_${name}_postgraphile`, theirs.cpuMs, 'ms/request'],
      [`graph_statements_${name}`, statements, 'statements'],
      [`graph_rps_vs_postgraphile_${name}`, ours.perSecond / theirs.perSecond, 'ratio'],
      [`graph_p99_vs_postgraphile_${name}`, ours.p99Ms / theirs.p99Ms, 'ratio'],
    ],
    turned: measured.ours.map((round) => [`graph_${name}`, round]),
  };
}

/** @returns what the process did in one round; its time on the processor is that of one request. */
async function measure(
  target: Served & Parameters<typeof load>[0],
  seconds: number,
): Promise<Round> {
  await target.observe();
  const answered = await load(target, { connections, seconds });
  const observed = await target.observe();
  return { ...answered, ...observed, cpuMs: observed.cpuMs / answered.answers };
}

function medians(measured: Round[]): Pick<Round, 'perSecond' | 'p99Ms' | 'cpuMs'> {
  const middle = (key: keyof Round) => median(measured.map((round) => round[key]));
  return { perSecond: middle('perSecond'), p99Ms: middle('p99Ms'), cpuMs: middle('cpuMs') };
}
