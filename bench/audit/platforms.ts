import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** What the stand-ins let in, and how long they take. */
export interface PlatformLimits {
  perMinute: number;
  burst: number;
  latencyMs: number;
}

/** The stand-ins of the platforms, as a process of their own: what they take is not the workers'. */
export async function startPlatforms({ perMinute, burst, latencyMs }: PlatformLimits) {
  const script = new URL('../../test/support/answer-platforms/main.js', import.meta.url);
  const limits = [`--per-minute=${perMinute}`, `--burst=${burst}`, `--latency-ms=${latencyMs}`];
  const child = spawn(process.execPath, [script.pathname, ...limits], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  return {
    standIns: line.toString().trim(),
    async stop() {
      child.stdin.end();
      await once(child, 'exit');
    },
  };
}
