import type { EntityManager } from '@mikro-orm/postgresql';
import { together } from '../domain/together.ts';
import { type Claim, holdFences } from './claim.ts';
import type { JobDatabase } from './database.ts';
import { type DoAll, LostLeaseError } from './define-job.ts';

/** What one job asks for, under its claim. */
interface Ask<Asked> {
  organizationId: string;
  claim: Claim;
  asked: Asked;
}

/**
 * Jobs wait for others for so long: those that were claimed together read together at once; what they write comes one
 * by one, and what they did took far longer.
 */
const momentMs = { READ: 5, WRITE: 200 };

/**
 * Transactions that many jobs of a process share: those that ask for the same within a moment are answered by one.
 *
 * @param mode WRITE holds their runs at their fences; of one that was lost, what it asked for is not done. What cannot be
 *   written together is written one by one, so that nobody pays for what another one's data is.
 */
export function createGathering(database: JobDatabase, mode: 'READ' | 'WRITE') {
  // biome-ignore lint/suspicious/noExplicitAny: each function has asks and results of its own.
  const gathered = new Map<DoAll<any, any>, (ask: Ask<any>) => Promise<any>>();

  return <Asked, Result>(doAll: DoAll<Asked, Result>, ask: Ask<Asked>): Promise<Result> => {
    let gather = gathered.get(doAll);
    if (!gather) {
      gather = together<Ask<Asked>, Result>((asks) => answerAll(doAll, asks), momentMs[mode]);
      gathered.set(doAll, gather);
    }
    return gather(ask);
  };

  async function answerAll<Asked, Result>(
    doAll: DoAll<Asked, Result>,
    asks: readonly Ask<Asked>[],
  ): Promise<(Result | Error)[]> {
    const answers = new Map<Ask<Asked>, Result | Error>();
    const byOrganization = Map.groupBy(asks, ({ organizationId }) => organizationId);
    await Promise.all([...byOrganization].map(([id, all]) => answerThose(id, all)));
    return asks.map((ask) =>
      answers.has(ask)
        ? (answers.get(ask) as Result | Error)
        : new LostLeaseError(`Job run ${ask.claim.id} was taken over`),
    );

    async function answerThose(organizationId: string, all: readonly Ask<Asked>[]): Promise<void> {
      try {
        const done = await database.withTenant({ organizationId, clientIds: null }, async (em) => {
          const held = mode === 'WRITE' ? await heldOf(em, all) : all;
          return {
            held,
            results: await doAll(
              em,
              held.map(({ asked }) => asked),
            ),
          };
        });
        for (const [index, ask] of done.held.entries()) {
          answers.set(ask, done.results[index] as Result);
        }
      } catch (error) {
        if (mode === 'READ' || all.length === 1) {
          for (const ask of all) answers.set(ask, error as Error);
        } else for (const ask of all) await answerThose(organizationId, [ask]);
      }
    }
  }
}

async function heldOf<Asked>(em: EntityManager, asks: readonly Ask<Asked>[]) {
  const held = await holdFences(
    em,
    asks.map(({ claim }) => claim),
  );
  return asks.filter(({ claim }) => held.has(claim.id));
}
