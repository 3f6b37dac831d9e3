import type { Pool } from 'pg';
import type { Pace, Pacer } from '../../domain/pacer.ts';
import { together } from '../../domain/together.ts';
import type { Log } from '../../jobs/log.ts';
import type { Redis } from './redis-connection.ts';

/**
 * The interval between turns, and how far back turns may lie that nobody took.
 *
 * All that is kept of a key is when its next turn is (the generic cell rate algorithm).
 */
function intervalsOf({ perMinute, burst }: Pace) {
  const intervalMs = 60_000 / perMinute;
  return { intervalMs, unusedMs: (burst - 1) * intervalMs };
}

/** Turns of this process alone. @param now in milliseconds. */
export function createLocalPacer(now: () => number = () => performance.now()): Pacer {
  const nextOf = new Map<string, number>();
  const heldUntil = new Map<string, number>();
  return {
    async take(key, pace, withinMs = 0) {
      const { intervalMs, unusedMs } = intervalsOf(pace);
      const next = Math.max(nextOf.get(key) ?? Number.NEGATIVE_INFINITY, now() - unusedMs);
      const waitMs = Math.max(0, next - now());
      if (waitMs <= withinMs) nextOf.set(key, next + intervalMs);
      return Math.ceil(waitMs);
    },
    async holdOff(key, forMs) {
      const until = now() + forMs;
      nextOf.set(key, Math.max(nextOf.get(key) ?? Number.NEGATIVE_INFINITY, until));
      heldUntil.set(key, Math.max(heldUntil.get(key) ?? 0, until));
    },
    heldMs: (key) => Math.max(0, (heldUntil.get(key) ?? Number.NEGATIVE_INFINITY) - now()),
  };
}

/** In braces, so that a cluster can run the scripts. */
const prefix = '{mediagraph}:turn:';

/** By the clock of Redis, which all see alike. */
const clock = `local time = redis.call('TIME')
local now = time[1] * 1000 + time[2] / 1000
local known = tonumber(redis.call('GET', KEYS[1]) or 0)`;
const scripts = {
  takeTurns: `${clock}
local interval, unused, within = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local turn = math.max(known, now - unused)
local waits = {}
for asked = 1, tonumber(ARGV[4]) do
  local wait = math.max(0, turn - now)
  waits[asked] = math.ceil(wait)
  if wait <= within then turn = turn + interval end
end
if turn > known then
  local life = math.ceil(turn - now + unused) + 1
  redis.call('SET', KEYS[1], string.format('%.3f', turn), 'PX', life)
end
return waits`,
  holdOffTurns: `${clock}
local turn = math.max(known, now + tonumber(ARGV[1]))
redis.call('SET', KEYS[1], string.format('%.3f', turn), 'PX', math.ceil(turn - now) + 60000)`,
};

/** A turn that is asked for, in milliseconds. */
interface Asked extends ReturnType<typeof intervalsOf> {
  key: string;
  withinMs: number;
}

/** Turns that are kept in Redis, by a script. */
export function createRedisPacer(redis: Redis, log: Log): Pacer {
  for (const [name, lua] of Object.entries(scripts)) {
    redis.defineCommand(name, { numberOfKeys: 1, lua });
  }
  const commands = redis as Redis & {
    takeTurns(
      key: string,
      intervalMs: number,
      unusedMs: number,
      withinMs: number,
      count: number,
    ): Promise<number[]>;
    holdOffTurns(key: string, forMs: number): Promise<null>;
  };
  // Jobs that were claimed together ask at once.
  const take = together<Asked, number>(async (asked) => {
    const waits = new Map<Asked, number | Error>();
    const alike = Map.groupBy(asked, (each) => JSON.stringify(each));
    await Promise.all(
      [...alike.values()].map(async (all) => {
        const [{ key, intervalMs, unusedMs, withinMs }] = all as [Asked];
        const given = await commands
          .takeTurns(`${prefix}${key}`, intervalMs, unusedMs, withinMs, all.length)
          .catch((error: Error) => error);
        for (const [place, each] of all.entries()) {
          waits.set(each, given instanceof Error ? given : (given[place] as number));
        }
      }),
    );
    return asked.map((each) => waits.get(each) as number | Error);
  });
  return insured(log, {
    take: (key, pace, withinMs = 0) => take({ key, ...intervalsOf(pace), withinMs }),
    async holdOff(key, forMs) {
      await commands.holdOffTurns(`${prefix}${key}`, forMs);
    },
  });
}

const milliseconds = (place: number) => `$${place}::float8 * interval '1 millisecond'`;
const turn = `greatest(t.next_at, clock_timestamp() - ${milliseconds(3)})`;

/** Turns that are kept in a table, by one statement for each. */
export function createPostgresPacer(pool: Pool, log: Log): Pacer {
  return insured(log, {
    async take(key, pace, withinMs = 0) {
      const { intervalMs, unusedMs } = intervalsOf(pace);
      const taken = await pool.query<{ ms: number }>(
        `insert into operations.turns as t (key, next_at)
         values ($1, clock_timestamp() - ${milliseconds(3)} + ${milliseconds(2)})
         on conflict (key) do update set next_at = ${turn} + ${milliseconds(2)}
         where ${turn} <= clock_timestamp() + ${milliseconds(4)}
         returning extract(epoch from next_at - ${milliseconds(2)} - clock_timestamp())::float8 * 1000 as ms`,
        [key, intervalMs, unusedMs, withinMs],
      );
      if (taken.rows[0]) return Math.min(Math.max(0, Math.ceil(taken.rows[0].ms)), withinMs);
      const { rows } = await pool.query<{ ms: number }>(
        `select extract(epoch from next_at - clock_timestamp())::float8 * 1000 as ms
         from operations.turns where key = $1`,
        [key],
      );
      // Its turn may have come meanwhile, and yet it was not taken.
      return Math.max(withinMs + 1, Math.ceil(rows[0]?.ms ?? 0));
    },
    async holdOff(key, forMs) {
      await pool.query(
        `insert into operations.turns as t (key, next_at) values ($1, clock_timestamp() + ${milliseconds(2)})
         on conflict (key) do update set next_at = greatest(t.next_at, excluded.next_at)`,
        [key, forMs],
      );
    },
  });
}

/**
 * While the store is away, each process counts for itself: as with other limits, less is kept to, and the platform's
 * own refusals keep the rest. Refusing everything instead would stop audits for as long, and mend nothing.
 */
function insured(log: Log, store: Pick<Pacer, 'take' | 'holdOff'>): Pacer {
  const local = createLocalPacer();
  let loggedAt = Number.NEGATIVE_INFINITY;
  const orLocal = (error: unknown) => {
    if (performance.now() - loggedAt > 10_000) {
      loggedAt = performance.now();
      log.warn({ err: error }, 'turns are counted by this process alone');
    }
    return local;
  };
  return {
    take: (...asked) => store.take(...asked).catch((error) => orLocal(error).take(...asked)),
    async holdOff(...held) {
      await local.holdOff(...held);
      await store.holdOff(...held).catch(orLocal);
    },
    heldMs: local.heldMs,
  };
}
