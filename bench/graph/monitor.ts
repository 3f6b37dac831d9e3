/**
 * Loaded into a served process before its own code (`--import`): counts its statements and watches its event
 * loop, and tells its parent when asked.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Client } from 'pg';

/** What a process did since it was last asked. */
export interface Observation {
  statements: number;
  /** The longest time that its event loop did not turn. */
  longestBlockMs: number;
  cpuMs: number;
}

const resolution = 5;
const delay = monitorEventLoopDelay({ resolution });
delay.enable();
let statements = 0;
let cpu = process.cpuUsage();

const query = Client.prototype.query;
Client.prototype.query = function count(this: Client, ...args: never[]) {
  statements += 1;
  return Reflect.apply(query, this, args);
} as typeof query;

process.on('message', (message) => {
  if (message !== 'observe') return;
  const { user, system } = process.cpuUsage(cpu);
  const longestBlockMs = Math.max(0, delay.max / 1e6 - resolution);
  const observation: Observation = { statements, longestBlockMs, cpuMs: (user + system) / 1000 };
  process.send?.(observation);
  statements = 0;
  delay.reset();
  cpu = process.cpuUsage();
});
