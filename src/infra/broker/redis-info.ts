import { Cluster, type Redis as RedisNode } from 'ioredis';
import type { Redis } from './redis-connection.ts';

/** The nodes that keep data: one, or a cluster's masters. */
export function nodesOf(redis: Redis): RedisNode[] {
  return redis instanceof Cluster ? redis.nodes('master') : [redis];
}

/** What a node says of itself, by name. */
export async function readInfo(node: RedisNode): Promise<Map<string, string>> {
  return readLines(await node.info());
}

/** What every node says of itself. */
export function readRedisInfo(redis: Redis): Promise<Map<string, string>[]> {
  return Promise.all(nodesOf(redis).map(readInfo));
}

/** Share of `maxmemory` that is used, of the fullest node; null where none is limited. */
export async function measureRedisMemory(redis: Redis): Promise<number | null> {
  const shares = (await readRedisInfo(redis)).flatMap((info) => {
    const limit = Number(info.get('maxmemory') ?? 0);
    return limit > 0 ? [Number(info.get('used_memory') ?? 0) / limit] : [];
  });
  return shares.length > 0 ? Math.max(...shares) : null;
}

/** The lines `name:value` of INFO. */
function readLines(text: string): Map<string, string> {
  return new Map(
    text.split(/\r?\n/).flatMap((line) => {
      const [, name, value] = /^([^#:]+):(.*)$/.exec(line) ?? [];
      return name === undefined ? [] : [[name, value ?? ''] as const];
    }),
  );
}
