/**
 * Loaded into a served process before its own code (`--import`): counts its statements and watches its event
 * loop, and tells its parent when asked.
 */
import { Client } from 'pg';

/** What a process did since it was last asked. */
export interface Observation {
  statements: number;
  /** The longest time on the processor that its event loop took for one turn, whatever else the machine did. */
  longestBlockMs: number;
  /** The longest time that its event loop did not turn, waiting for a processor among other things. */
  longestDelayMs: number;
  cpuMs: number;
}

const tickMs = 5;
let statements = 0;
let longestBlockMs = 0;
let longestDelayMs = 0;
let cpu = process.cpuUsage();
let turned = { at: performance.now(), cpu: process.threadCpuUsage() };

const query = Client.prototype.query;
Client.prototype.query = function count(this: Client, ...args: never[]) {
  statements += 1;
  return Reflect.apply(query, this, args);
} as typeof query;

setInterval(() => {
  const used = process.threadCpuUsage(turned.cpu);
  const at = performance.now();
  longestBlockMs = Math.max(longestBlockMs, milliseconds(used));
  longestDelayMs = Math.max(longestDelayMs, at - turned.at - tickMs);
  turned = { at, cpu: process.threadCpuUsage() };
}, tickMs).unref();

process.on('message', (message) => {
  if (message !== 'observe') return;
  const cpuMs = milliseconds(process.cpuUsage(cpu));
  const observation: Observation = { statements, longestBlockMs, longestDelayMs, cpuMs };
  process.send?.(observation);
  statements = longestBlockMs = longestDelayMs = 0;
  cpu = process.cpuUsage();
});

function milliseconds({ user, system }: NodeJS.CpuUsage): number {
  return (user + system) / 1000;
}
