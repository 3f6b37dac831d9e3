/**
 * The stand-ins of the platforms as a process of their own, for benchmarks: `--port`, `--latency-ms`, `--per-minute`
 * and `--burst`. It prints what `PLATFORM_STAND_INS` has to be, and ends with its standard input.
 */
import { parseArgs } from 'node:util';
import { startAnswerPlatforms } from './answer-server.ts';

const text = { type: 'string' } as const;
const { values } = parseArgs({
  options: { port: text, 'latency-ms': text, 'per-minute': text, burst: text },
});
const perMinute = Number(values['per-minute'] ?? 0);
const platforms = await startAnswerPlatforms(Number(values.port ?? 0));
for (const behaviour of Object.values(platforms.behaviour)) {
  behaviour.latencyMs = Number(values['latency-ms'] ?? 0);
  if (perMinute > 0) behaviour.limit = { perMinute, burst: Number(values.burst ?? 10) };
}
console.log(platforms.standIns);
process.stdin.resume().once('end', () => platforms.close());
